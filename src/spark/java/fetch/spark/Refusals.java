package fetch.spark;

import java.util.Map;

/** Explains why options of the command line do not work on Spark. */
final class Refusals {
  private static final String DISKS =
      "executors have disks of their own; --include-body and --warc keep bodies";
  private static final String DATASET = "transform the list, or the Dataset of the results";
  private static final String SPARK_SHOWS = "the Spark UI shows how far the job has come";
  private static final String DIVIDES = "Spark divides the list among its tasks";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("--save", DISKS),
          Map.entry("--save-as", DISKS),
          Map.entry("--save-failed", DISKS),
          Map.entry("--skip-existing", DISKS),
          Map.entry("--remote-time", DISKS),
          Map.entry("--min-free", DISKS),
          Map.entry("--max-total-size", "executors do not count their bodies together"),
          Map.entry(
              "--warc-dedup",
              "a reference would lead to another archive, which a lost executor may not have"
                  + " written"),
          Map.entry("--cookie-jar", "each executor has cookies of its own"),
          Map.entry(
              "--deadline", "end the job instead; the same command with --resume continues it"),
          Map.entry("--fail-if", "a job fails only when it cannot fetch; see its summary"),
          Map.entry("--list", "name the list as a SOURCE"),
          Map.entry("--base", "lists of links are not read on Spark"),
          Map.entry("--shard", DIVIDES),
          Map.entry("--ordered", "sort the Dataset by urlnum"),
          Map.entry("--glob", "expand the list before, or its Dataset"),
          Map.entry("--only", "filter the Dataset of the results"),
          Map.entry("--fields", DATASET),
          Map.entry("--since", "join the Datasets of two jobs by url"),
          Map.entry("--csv-safe", "records are written as parquet or jsonl"),
          Map.entry("--verbose", "logs are those of Spark"),
          Map.entry("--dry-run", "count the list with Spark"),
          Map.entry("--progress", SPARK_SHOWS),
          Map.entry("--metrics", SPARK_SHOWS),
          Map.entry("--color", "the summary is plain text"),
          Map.entry("--summary-hosts", "group the Dataset by host"),
          Map.entry("--lock", "an output directory takes one job; it need not be locked"),
          Map.entry("--sync", "chunks are written as a whole"),
          Map.entry("--output-max-size", "chunks have at most 10,000 records"));

  private Refusals() {}

  /** The complaint about an option, which names it. */
  static String of(String option) {
    String reason = REASONS.get(option);
    return option + " does not work on Spark" + (reason == null ? "" : ": " + reason);
  }
}
