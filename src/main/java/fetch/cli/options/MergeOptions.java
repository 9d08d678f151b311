package fetch.cli.options;

import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for the output of {@code fetch merge}. */
public final class MergeOptions implements OptionGroup {
  private static final List<OutputFormat> FORMATS =
      List.of(OutputFormat.TEXT, OutputFormat.JSONL, OutputFormat.CSV, OutputFormat.TSV);

  private final OptionSpec format =
      OptionGroup.option(
              "NAME",
              "Write text, jsonl, csv or tsv. Default: by the extension of --output, else the"
                  + " format of the results.",
              "-f",
              "--format")
          .type(OutputFormat.class)
          .converters(Converters.of(text -> Converters.choice(FORMATS, text)))
          .completionCandidates(() -> FORMATS.stream().map(OutputFormat::toString).iterator())
          .build();

  private final OptionSpec output =
      OptionGroup.option(
              "FILE",
              "Replace this file when all is written. Default: -, standard output.",
              "-o",
              "--output")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();

  private final OptionSpec fields =
      OptionGroup.option(
              "A,B,C",
              "Write these fields in this order. Default: those of the results.",
              "--fields")
          .type(Object.class)
          .converters(Converters.of(Column::parse))
          .completionCandidates(() -> Arrays.stream(Field.values()).map(Field::label).iterator())
          .build();

  private final OptionSpec entries =
      OptionGroup.option(
              "N", "Expect records of N entries. Default: up to the last position.", "--entries")
          .type(Long.class)
          .converters(Converters.of(text -> Converters.number(text, 0, Long.MAX_VALUE)))
          .build();

  private final OptionSpec list =
      OptionGroup.option(
              "FILE|DIR",
              "Expect a record of each entry of this list, or of the parts of a list that fetch"
                  + " split wrote to this directory. Repeatable.",
              "--list")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .converters(Converters.of(Converters::path))
          .build();

  @Override
  public String heading() {
    return "Output";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(format, output, fields, list, entries);
  }

  /** The format to write; null for that of the results. */
  public @Nullable OutputFormat format() {
    @Nullable OutputFormat given = format.getValue();
    Path file = output();
    return given != null || file == null ? given : byName(file.toString().toLowerCase(Locale.ROOT));
  }

  private static @Nullable OutputFormat byName(String name) {
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return OutputFormat.JSONL;
    }
    if (name.endsWith(".tsv") || name.endsWith(".tab")) {
      return OutputFormat.TSV;
    }
    return name.endsWith(".csv")
        ? OutputFormat.CSV
        : name.endsWith(".txt") ? OutputFormat.TEXT : null;
  }

  /** The output file, null for standard output. */
  public @Nullable Path output() {
    @Nullable Path file = output.getValue();
    return file == null || file.toString().equals("-") ? null : file;
  }

  /** The selected fields, null for those of the results. */
  public @Nullable List<Column> fields() {
    return fields.getValue();
  }

  /** The lists whose entries are expected. */
  public List<Path> lists() throws UsageException {
    @Nullable List<Path> lists = list.getValue();
    if (lists != null && entries.getValue() != null) {
      throw new UsageException("--list and --entries exclude each other");
    }
    return lists == null ? List.of() : lists;
  }

  /** The expected number of entries; -1 if unknown. */
  public long entries() {
    @Nullable Long number = entries.getValue();
    return number == null ? -1 : number;
  }
}
