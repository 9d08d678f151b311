package fetch.spark;

import fetch.Quantity;
import fetch.cli.options.UsageException;
import fetch.engine.Settings;
import fetch.frontier.Politeness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a list in rounds: entries that a round does not finish in its time are divided anew for
 * the next. All its state is in the output directory, so that another driver can continue.
 */
final class Rounds {
  /** More tasks than cores, so that a core whose task ends early gets another. */
  private static final int TASKS_PER_CORE = 4;

  /** Fewer entries are not worth a task. */
  private static final int LEAST_PER_TASK = 100;

  /** How many rounds in a row may finish nothing before the job fails. */
  private static final int MOST_IDLE_ROUNDS = 3;

  private final JavaSparkContext spark;
  private final JobOptions options;
  private final OutputDirectory directory;
  private final JobSettings settings;
  private final Politeness politeness;
  private final ChunkWriter.Size chunkSize;
  private final Broadcast<SerializableConfiguration> hadoop;

  Rounds(
      JavaSparkContext spark,
      JobOptions options,
      OutputDirectory directory,
      ChunkWriter.Size chunkSize)
      throws IOException {
    this.spark = spark;
    this.options = options;
    this.directory = directory;
    this.settings = options.settings(UUID.randomUUID().toString());
    Settings engine = settings.engine(options);
    this.politeness = engine.politeness();
    this.chunkSize = chunkSize.withArchived(options.spark().mostArchived());
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  /** Fetches the entries without a record, and returns all chunks. */
  Manifest fetch(JobInput input, Function<Manifest, Dataset<Row>> reader) throws IOException {
    try {
      Manifest manifest = fetch(input, division(input));
      return options.input().isUnique()
          ? manifest.with(duplicates(input, reader.apply(manifest)))
          : manifest;
    } finally {
      ExecutorEngine.OF_THIS_JVM.close(settings.job());
      hadoop.destroy();
    }
  }

  /** Writes the records of duplicates. */
  private List<Chunk> duplicates(JobInput input, Dataset<Row> firsts) throws IOException {
    DividedList duplicates = DuplicateLines.stored(directory);
    if (duplicates.total() == 0) {
      return List.of();
    }
    spark.setJobDescription("fetch: " + Quantity.of(duplicates.total(), "duplicate"));
    DuplicateRecords records =
        new DuplicateRecords(
            settings,
            hadoop,
            directory.path(),
            input.sources(),
            options.query(),
            chunkSize.records());
    return records.write(spark, duplicates, firsts);
  }

  private ListDivision division(JobInput input) throws IOException {
    return new ListDivision(
        spark,
        hadoop,
        directory.path(),
        input.sources(),
        options.query(),
        options.input().hostGroup());
  }

  private Manifest fetch(JobInput input, ListDivision division) throws IOException {
    String fingerprint = fingerprint(input, options);
    Manifest manifest = Manifest.of(fingerprint);
    DividedList list = stored(1);
    if (list == null) {
      list = divideFirst(input, division, fingerprint);
    } else {
      checkSame(list.fingerprint(), fingerprint, directory);
    }
    long total = list.total();
    int idle = 0;
    while (true) {
      int round = manifest.rounds() + 1;
      List<Chunk> chunks = fetch(round, list, input, total - manifest.records());
      manifest = manifest.with(list, chunks);
      long left = total - manifest.records();
      if (left == 0) {
        return manifest;
      }
      idle = chunks.isEmpty() ? idle + 1 : 0;
      if (left < 0 || idle > MOST_IDLE_ROUNDS) {
        throw new IOException(
            left < 0
                ? "there are more records than entries, by " + -left
                : "no entry was finished in "
                    + Quantity.of(idle, "round")
                    + "; try a longer --round");
      }
      DividedList next = stored(round + 1);
      list = next == null ? divideRest(round, list, division, left) : next;
    }
  }

  /** The list of a round, null if it is not stored. */
  private @Nullable DividedList stored(int round) throws IOException {
    String file = TaskPlan.roundDirectory(round) + "/" + ListDivision.DONE;
    return directory.exists(file) ? DividedList.parse(directory.text(file)) : null;
  }

  /** Refuses to continue or to read a job with another list. */
  static void checkSame(JobInput input, JobOptions options, OutputDirectory directory)
      throws IOException {
    Manifest manifest = Manifest.parse(directory.text(Manifest.NAME));
    checkSame(manifest.fingerprint(), fingerprint(input, options), directory);
  }

  private static void checkSame(String stored, String fingerprint, OutputDirectory directory)
      throws UsageException {
    if (!stored.equals(fingerprint)) {
      throw new UsageException(
          directory.path() + " has the records of another list, or of other options for it");
    }
  }

  private static String fingerprint(JobInput input, JobOptions options) {
    String whole =
        input.fingerprint()
            + options.spark().format()
            + options.input().limit()
            + options.input().hostGroup()
            + (options.spark().archives() ? "warc" : "")
            + (options.input().isUnique() ? "unique" : "");
    return UUID.nameUUIDFromBytes(whole.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }

  private DividedList divideFirst(JobInput input, ListDivision division, String fingerprint)
      throws IOException {
    spark.setJobDescription("fetch: divide the list");
    Numbering numbering = new Numbering(spark, options.input().limit());
    JavaRDD<ListedLine> lines = numbering.number(input.lines());
    long total = numbering.entries();
    if (options.input().isUnique()) {
      DuplicateLines.Divided divided =
          new DuplicateLines(
                  hadoop,
                  directory.path(),
                  input.sources(),
                  options.query(),
                  options.engine().request().method())
              .divide(lines, parts(total), fingerprint);
      lines = divided.firsts();
      total -= divided.duplicates().total();
    }
    return division.divide(1, lines, fingerprint, parts(total), total, mostSharers());
  }

  private DividedList divideRest(int round, DividedList list, ListDivision division, long left)
      throws IOException {
    spark.setJobDescription("fetch: divide what is left, " + Quantity.of(left, "entry"));
    JavaRDD<ListedLine> lines = division.left(round, list, options.spark().format());
    return division.divide(round + 1, lines, list.fingerprint(), parts(left), left, mostSharers());
  }

  /**
   * The number of tasks. With a rate for all requests, each task gets a part of it, so all tasks
   * run at once.
   */
  private int parts(long total) {
    int given = options.spark().partitions();
    int perCore = politeness.rate() == null ? TASKS_PER_CORE : 1;
    int most = given == 0 ? perCore * spark.defaultParallelism() : given;
    return Math.clamp(Math.ceilDiv(total, LEAST_PER_TASK), 1, Math.max(1, most));
  }

  /**
   * How many tasks may share a host: no more than the requests in flight that it allows. A crawl
   * delay can't be divided before it is known, and the hosts of a domain have separate limits.
   */
  private ToIntFunction<String> mostSharers() {
    boolean whole =
        politeness.robots() != null || options.input().hostGroup() != fetch.http.url.HostGroup.HOST;
    return host -> {
      Integer perHost = politeness.of(host).perHost();
      return whole ? 1 : perHost == null ? Integer.MAX_VALUE : perHost;
    };
  }

  /** How many there are, without the driver; 1 if that is the executor. */
  private int executors() {
    return spark.statusTracker().getExecutorInfos().length - 1;
  }

  private List<Chunk> fetch(int round, DividedList list, JobInput input, long left)
      throws IOException {
    spark.setJobDescription("fetch: round " + round + ", " + Quantity.of(left, "entry"));
    TaskPlan plan =
        new TaskPlan(
            directory.path(),
            round,
            list,
            input.sources(),
            options.query(),
            chunkSize,
            options.spark().round());
    FetchTask task =
        new FetchTask(settings.among(executors()), plan, Progress.of(spark.sc()), hadoop);
    List<Chunk> chunks = new ArrayList<>();
    for (List<Chunk> ofPart : spark.parallelize(list.numbers(), list.parts()).map(task).collect()) {
      chunks.addAll(ofPart);
    }
    return chunks;
  }
}
