package fetch.cli.options;

import fetch.body.BodySink;
import fetch.http.ResponseDetails;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.Selection;
import fetch.output.SummaryFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for results, the summary and the log. */
public final class OutputOptions implements OptionGroup {
  private static final List<OutputFormat> FORMATS =
      List.of(OutputFormat.TEXT, OutputFormat.JSONL, OutputFormat.CSV, OutputFormat.TSV);

  private final OptionSpec format =
      OptionGroup.option(
              "NAME", "Print results as text, jsonl, csv or tsv. Default: text.", "-f", "--format")
          .type(Object.class)
          .converters(Converters.of(text -> Converters.choice(FORMATS, text)))
          .completionCandidates(() -> FORMATS.stream().map(OutputFormat::toString).iterator())
          .defaultValue("text")
          .build();
  private final OptionSpec csvSafe =
      OptionGroup.flag(
          "Put ' before CSV text that a spreadsheet would run as a formula.", "--csv-safe");
  private final OptionSpec output =
      OptionGroup.option(
              "FILE", "Write results to this file. Default: -, standard output.", "-o", "--output")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec fields =
      OptionGroup.option("A,B,C", "Print these fields in this order.", "--fields")
          .type(Object.class)
          .converters(Converters.of(Column::parse))
          .completionCandidates(() -> Arrays.stream(Field.values()).map(Field::label).iterator())
          .build();
  private final IncludeOptions inclusions = new IncludeOptions();
  private final OptionSpec ordered = OptionGroup.flag("Print results in input order.", "--ordered");
  private final OptionSpec since =
      OptionGroup.option(
              "FILE",
              "Compare with the jsonl records of an earlier run, using conditional"
                  + " requests. Marks each entry new, same, changed, gone, failed or"
                  + " recovered. Implies --hash=sha256.",
              "--since")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec only =
      OptionGroup.option(
              "WORD,...",
              "Print only results that are ok or failed; with --since also new, same, changed,"
                  + " gone or recovered.",
              "--only")
          .type(Object.class)
          .converters(Converters.of(OutputOptions::selections))
          .completionCandidates(
              () -> Arrays.stream(Selection.values()).map(Selection::toString).iterator())
          .build();
  private final OptionSpec quiet =
      OptionGroup.flag("Print only results and errors.", "-q", "--quiet");
  private final OptionSpec verbose =
      OptionSpec.builder("-v", "--verbose")
          .type(boolean[].class)
          .arity("0")
          .description("Show why requests failed; -vv logs every request.")
          .build();
  private final OptionSpec noSummary = OptionGroup.flag("Print no summary.", "--no-summary");
  private final OptionSpec summary =
      OptionGroup.option(
              "text|json|markdown",
              "Print the summary as text, json or markdown. Default: text.",
              "--summary")
          .type(SummaryFormat.class)
          .converters(Converters.of(text -> Converters.choice(SummaryFormat.class, text)))
          .build();

  @Override
  public String heading() {
    return "Output";
  }

  @Override
  public List<OptionSpec> options() {
    List<OptionSpec> options = new ArrayList<>(List.of(format, csvSafe, output, fields));
    options.addAll(inclusions.options());
    options.addAll(List.of(ordered, since, only, quiet, verbose, noSummary, summary));
    return options;
  }

  /** The options of a command that prints a summary besides its results. */
  public List<OptionSpec> ofSummary() {
    return List.of(quiet, noSummary, summary);
  }

  /** The options of a command whose result is a summary. */
  public List<OptionSpec> ofSummaryOnly() {
    return List.of(summary);
  }

  private static Set<Selection> selections(String words) {
    Set<Selection> selections = EnumSet.noneOf(Selection.class);
    for (String word : words.split(",", -1)) {
      selections.add(Converters.choice(Selection.class, word.strip()));
    }
    return selections;
  }

  /** Rejects invalid combinations. */
  public void check() throws UsageException {
    boolean safe = csvSafe.getValue();
    if (safe && !format.getValue().equals(OutputFormat.CSV)) {
      throw new UsageException("--csv-safe needs --format=csv");
    }
    String included = inclusions.given();
    if (included != null && fields() == null && format() == OutputFormat.TEXT) {
      throw new UsageException(included + " needs --format=jsonl, csv or tsv");
    }
    if (since() == null) {
      checkWithoutEarlierRun();
    }
  }

  private void checkWithoutEarlierRun() throws UsageException {
    for (Selection selection : selections()) {
      if (selection.needsEarlierRun()) {
        throw new UsageException("--only=" + selection + " needs --since=FILE");
      }
    }
    List<Column> asked = fields();
    if (asked != null && asked.contains(Field.CHANGE)) {
      throw new UsageException("--fields: change needs --since=FILE");
    }
  }

  public OutputFormat format() {
    boolean safe = csvSafe.getValue();
    return safe ? OutputFormat.SAFE_CSV : format.getValue();
  }

  /** The output file, null for standard output. */
  public @Nullable Path output() {
    Path file = output.getValue();
    return file == null || file.toString().equals("-") ? null : file;
  }

  /** The selected fields, null for the default ones. */
  public @Nullable List<Column> fields() {
    return fields.getValue();
  }

  /** Which details of responses records include. */
  public IncludeOptions inclusions() {
    return inclusions;
  }

  /** Whether records include bodies. */
  public boolean includesBody() {
    return inclusions.includesBody(fields());
  }

  /** The sink for bodies; it copies them into records if these include them. */
  public @Nullable BodySink including(@Nullable BodySink next) {
    return inclusions.sink(fields(), next);
  }

  /** The optional details that results carry. */
  public ResponseDetails details() {
    return inclusions.details(fields());
  }

  public boolean ordered() {
    return ordered.getValue();
  }

  /** The records of an earlier run to compare with, null for none. */
  public @Nullable Path since() {
    return since.getValue();
  }

  /** Which results are printed; empty means all. */
  public Set<Selection> selections() {
    Set<Selection> asked = only.getValue();
    return asked == null ? Set.of() : asked;
  }

  public boolean quiet() {
    return isSet(quiet);
  }

  /** Whether a flag is set; not every command has every flag. */
  private static boolean isSet(OptionSpec flag) {
    @Nullable Boolean value = flag.getValue();
    return value != null && value;
  }

  /** How often {@code --verbose} was given. */
  public int verbosity() {
    boolean[] times = verbose.getValue();
    return times == null ? 0 : times.length;
  }

  /** The format of the summary, null for no summary. */
  public @Nullable SummaryFormat summary() {
    SummaryFormat asked = summary.getValue();
    boolean none = isSet(noSummary);
    if (none || (quiet() && asked == null)) {
      return null;
    }
    return asked == null ? SummaryFormat.TEXT : asked;
  }
}
