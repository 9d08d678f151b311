package fetch.cli;

import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.Selection;
import fetch.output.SummaryFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What is printed, and where. */
final class OutputOptions implements OptionGroup {
  private final OptionSpec format =
      OptionGroup.option("NAME", "text, jsonl, csv or tsv. Default: text.", "-f", "--format")
          .type(OutputFormat.class)
          .converters(Converters.of(text -> Converters.choice(OutputFormat.class, text)))
          .defaultValue("text")
          .build();
  private final OptionSpec output =
      OptionGroup.option("FILE", "Write results to a file; - is standard output.", "-o", "--output")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec fields =
      OptionGroup.option("A,B,C", "Print these fields, in this order.", "--fields")
          .type(Object.class)
          .converters(Converters.of(Column::parse))
          .completionCandidates(() -> Field.all().stream().map(Field::label).iterator())
          .build();
  private final OptionSpec ordered =
      OptionGroup.flag("Print results in the order of the input.", "--ordered");
  private final OptionSpec only =
      OptionGroup.option("ok|failed", "Print only these results.", "--only")
          .type(Selection.class)
          .converters(Converters.of(OutputOptions::selection))
          .build();
  private final OptionSpec quiet =
      OptionGroup.flag("Print results and errors only.", "-q", "--quiet");
  private final OptionSpec verbose =
      OptionSpec.builder("-v", "--verbose")
          .type(boolean[].class)
          .arity("0")
          .description("Tell the causes of failures; -vv logs every request.")
          .build();
  private final OptionSpec noSummary = OptionGroup.flag("Print no summary.", "--no-summary");
  private final OptionSpec summary =
      OptionGroup.option("text|json", "How the summary is printed. Default: text.", "--summary")
          .type(SummaryFormat.class)
          .converters(Converters.of(text -> Converters.choice(SummaryFormat.class, text)))
          .build();

  @Override
  public String heading() {
    return "Output";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(format, output, fields, ordered, only, quiet, verbose, noSummary, summary);
  }

  private static Selection selection(String text) {
    return Converters.choice(List.of(Selection.OK, Selection.FAILED), text);
  }

  OutputFormat format() {
    return format.getValue();
  }

  /** Where to, null for standard output. */
  @Nullable Path output() {
    Path file = output.getValue();
    return file == null || file.toString().equals("-") ? null : file;
  }

  /** Which fields, null for the usual ones. */
  @Nullable List<Column> fields() {
    return fields.getValue();
  }

  boolean ordered() {
    return ordered.getValue();
  }

  Selection selection() {
    Selection value = only.getValue();
    return value == null ? Selection.ALL : value;
  }

  boolean quiet() {
    return quiet.getValue();
  }

  /** How many times verbose was asked for. */
  int verbosity() {
    boolean[] times = verbose.getValue();
    return times == null ? 0 : times.length;
  }

  /** How to print the summary, null for not at all. */
  @Nullable SummaryFormat summary() {
    SummaryFormat asked = summary.getValue();
    boolean none = noSummary.getValue();
    if (none || (quiet() && asked == null)) {
      return null;
    }
    return asked == null ? SummaryFormat.TEXT : asked;
  }
}
