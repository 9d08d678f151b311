package fetch.spark;

import fetch.cli.options.Converters;
import fetch.cli.options.OptionGroup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options that only a job on Spark has, or that have another meaning there. */
final class SparkOptions implements OptionGroup {
  /** The formats of a job's lists. */
  enum ListFormat {
    AUTO,
    LINES,
    CSV,
    TSV,
    JSONL,
    PARQUET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration USUAL_ROUND = Duration.ofMinutes(20);
  private static final int MOST_PARTS = 100_000;

  private final OptionSpec output =
      OptionGroup.option(
              "DIR",
              "Write the records to this directory, on any file system of Hadoop's, e.g."
                  + " s3a://bucket/run1.",
              "-o",
              "--output")
          .build();
  private final OptionSpec format =
      OptionGroup.option(
              "NAME", "Write records as parquet or jsonl. Default: parquet.", "-f", "--format")
          .type(ChunkFormat.class)
          .converters(Converters.of(text -> Converters.choice(ChunkFormat.class, text)))
          .defaultValue(ChunkFormat.PARQUET.toString())
          .build();
  private final OptionSpec inputFormat =
      OptionGroup.option(
              "NAME",
              "Read the list as lines, csv, tsv, jsonl, parquet or auto (by its extension, else"
                  + " lines). Default: auto.",
              "-i",
              "--input-format")
          .type(ListFormat.class)
          .converters(Converters.of(text -> Converters.choice(ListFormat.class, text)))
          .defaultValue(ListFormat.AUTO.toString())
          .build();
  private final OptionSpec resume =
      OptionGroup.flag(
          "Continue a job in --output that ended early: skip entries that have a record.",
          "--resume");
  private final OptionSpec atLeastOnce =
      OptionGroup.flag(
          "Allow requests such as POST, which are sent again when an executor is lost.",
          "--at-least-once");
  private final OptionSpec round =
      OptionGroup.option(
              "TIME",
              "Spread the entries that are left over all tasks anew after this time. 0 for never."
                  + " Default: 20m.",
              "--round")
          .type(Duration.class)
          .converters(Converters.of(Converters::timeLimit))
          .build();
  private final OptionSpec warc =
      OptionGroup.flag(
          "Archive requests and responses as sent, in a .warc.gz file for each chunk of records."
              + " Omits the values of Authorization, Cookie and Proxy-Authorization.",
          "--warc");
  private final OptionSpec warcMaxSize =
      OptionGroup.option(
              "SIZE", "End a chunk when its archive has this size. Default: 1g.", "--warc-max-size")
          .type(long.class)
          .converters(Converters.of(Converters::sizeLimit))
          .defaultValue("1g")
          .build();
  private final OptionSpec partitions =
      OptionGroup.option(
              "N", "Divide the list into N tasks. Default: four for each core.", "--partitions")
          .type(Integer.class)
          .converters(Converters.of(text -> (int) Converters.number(text, 1, MOST_PARTS)))
          .build();

  @Override
  public String heading() {
    return "Spark";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        output, format, inputFormat, resume, atLeastOnce, round, partitions, warc, warcMaxSize);
  }

  /** The output directory as given, null if it is not given. */
  @Nullable String output() {
    return output.getValue();
  }

  ChunkFormat format() {
    return format.getValue();
  }

  ListFormat inputFormat() {
    return inputFormat.getValue();
  }

  boolean resumes() {
    return resume.getValue();
  }

  boolean atLeastOnce() {
    return atLeastOnce.getValue();
  }

  Duration round() {
    Duration given = round.getValue();
    return given == null ? USUAL_ROUND : given;
  }

  boolean archives() {
    return warc.getValue();
  }

  /** The size of an archive at which its chunk ends, in bytes. */
  long mostArchived() {
    return warcMaxSize.getValue();
  }

  /** The number of tasks; 0 if it is not given. */
  int partitions() {
    Integer given = partitions.getValue();
    return given == null ? 0 : given;
  }
}
