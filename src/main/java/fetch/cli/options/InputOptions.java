package fetch.cli.options;

import fetch.input.InputFormat;
import fetch.input.ListFormat;
import fetch.input.Shard;
import fetch.input.Source;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** What is read. */
public final class InputOptions implements OptionGroup {
  private final OptionSpec format =
      OptionGroup.option(
              "NAME",
              "lines, csv, tsv, jsonl, or auto: by the list's extension, else lines. Default:"
                  + " auto.",
              "-i",
              "--input-format")
          .type(InputFormat.class)
          .converters(Converters.of(text -> Converters.choice(InputFormat.class, text)))
          .defaultValue("auto")
          .build();

  private final OptionSpec urlColumn =
      OptionGroup.option(
              "NAME|N",
              "The column with the URLs, by name or counted from 1; in jsonl, the key. Default:"
                  + " url; in a table that has none, where the first row has a URL.",
              "--url-column")
          .converters(Converters.of(InputOptions::column))
          .build();

  private final OptionSpec noEntryOptions =
      OptionGroup.flag(
          "Ignore the methods, headers, timeouts and bodies that entries of jsonl ask for.",
          "--no-entry-options");

  private final OptionSpec limit =
      OptionGroup.option("N", "Fetch the first N entries only.", "--limit")
          .type(long.class)
          .converters(Converters.of(text -> Converters.number(text, 0, Long.MAX_VALUE)))
          .build();

  private final OptionSpec shard =
      OptionGroup.option(
              "I/N",
              "Fetch the I-th of N parts of the list. All URLs of a host are in one part.",
              "--shard")
          .type(Shard.class)
          .converters(Converters.of(Shard::parse))
          .defaultValue("1/1")
          .build();

  @Override
  public String heading() {
    return "Input";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(format, urlColumn, noEntryOptions, limit, shard);
  }

  private static String column(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the name of the column is empty");
    }
    return text.strip();
  }

  private ListFormat format() {
    boolean plain = noEntryOptions.getValue();
    return new ListFormat(format.getValue(), urlColumn.getValue(), !plain);
  }

  private long limit() {
    Long value = limit.getValue();
    return value == null ? Long.MAX_VALUE : value;
  }

  private Shard shard() {
    return shard.getValue();
  }

  /** The list that these sources make. */
  public InputList list(List<Source> sources) {
    return new InputList(sources, format(), limit(), shard());
  }
}
