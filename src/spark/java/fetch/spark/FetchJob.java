package fetch.spark;

import fetch.Clock;
import fetch.Tally;
import fetch.cli.options.IoMessages;
import fetch.cli.options.UsageException;
import fetch.output.SummaryFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Fetches a list on Spark, from a program or from {@code spark-submit}.
 *
 * <pre>
 * {@code Dataset<Row> records = FetchJob.on(spark).settings("--per-host=2", "--robots").run(pages, "url", "s3a://bucket/run1"); }
 * </pre>
 *
 * <ul>
 *   <li>Eager: everything is fetched and written when {@code run} returns. The Dataset reads the
 *       written records, so no action on it fetches again.
 *   <li>One record for each entry, whatever happens to it, and whichever executor is lost.
 *   <li>All entries of a host are in one task, so that limits, Retry-After and robots.txt hold.
 * </ul>
 *
 * <p>For one thread.
 */
public final class FetchJob {
  private static final int USAGE = 2;

  /** Spark's own messages would obscure the summary. */
  private static final String LOG_LEVEL = "WARN";

  private final SparkSession spark;
  private final Map<String, String> environment;
  private final List<String> words = new ArrayList<>();
  private ChunkWriter.Size chunkSize = ChunkWriter.Size.USUAL;

  private FetchJob(SparkSession spark, Map<String, String> environment) {
    this.spark = spark;
    this.environment = environment;
  }

  /** A job with the default settings of the command line. */
  public static FetchJob on(SparkSession spark) {
    return new FetchJob(spark, System.getenv());
  }

  /** Sets options of the command line, such as {@code --per-host=2}. */
  public FetchJob settings(String... options) {
    return settings(List.of(options));
  }

  /** Sets options of the command line, such as {@code --per-host=2}. */
  public FetchJob settings(List<String> options) {
    words.addAll(options);
    return this;
  }

  /** Sets the size of chunks. */
  FetchJob chunks(ChunkWriter.Size size) {
    chunkSize = size;
    return this;
  }

  /**
   * Fetches the URLs of a table. Its other columns become {@code meta}.
   *
   * @param urls one row for each URL; every computation must yield the same rows in the same order
   * @param urlColumn the column with the URLs
   * @param output a directory on any Hadoop file system; it must not exist, unless {@code --resume}
   *     is among the settings
   * @return the records, read from the output directory
   * @throws UsageException if the settings are invalid
   * @throws IOException if the output cannot be written
   */
  public Dataset<Row> run(Dataset<Row> urls, String urlColumn, String output) throws IOException {
    JobOptions options = JobOptions.parse(environment, words);
    if (!options.sources().isEmpty()) {
      throw new UsageException(
          "the list is the dataset, but the settings name " + options.sources().getFirst());
    }
    if (options.spark().output() != null) {
      throw new UsageException("the output is " + output + "; --output names another one");
    }
    InputReader reader = new InputReader(spark, urlColumn, options.input().urlTemplate(), false);
    return run(options, () -> reader.table(urls), output).read();
  }

  /**
   * Fetches the lists that the settings name, as the command line does.
   *
   * @return the records, read from the output directory
   */
  public Dataset<Row> run() throws IOException {
    return results(JobOptions.parse(environment, words)).read();
  }

  private Results results(JobOptions options) throws IOException {
    String output = options.spark().output();
    if (output == null || output.equals("-")) {
      throw new UsageException("a job on Spark needs --output=DIR for its records");
    }
    if (options.sources().isEmpty()) {
      throw new UsageException("no SOURCE: name a file with URLs");
    }
    InputReader reader =
        new InputReader(
            spark,
            options.input().urlColumn(),
            options.input().urlTemplate(),
            options.input().entryOptions());
    return run(
        options, () -> reader.files(options.sources(), options.spark().inputFormat()), output);
  }

  /**
   * The records of a finished job, by its manifest.
   *
   * @param output the directory of the job
   */
  public Dataset<Row> read(String output) throws IOException {
    OutputDirectory directory =
        OutputDirectory.open(output, spark.sparkContext().hadoopConfiguration());
    if (!directory.exists(Manifest.SUCCESS)) {
      throw new IOException(directory.path() + " has no records of a job that is over");
    }
    Manifest manifest = Manifest.parse(directory.text(Manifest.NAME));
    List<String> files = directory.paths(manifest);
    return files.isEmpty() ? spark.emptyDataFrame() : manifest.format().read(spark.read(), files);
  }

  /** Reads the list, once it is needed. */
  private interface InputSource {
    JobInput get() throws IOException;
  }

  private Results run(JobOptions options, InputSource input, String output) throws IOException {
    refuseSpeculation();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    OutputDirectory directory = OutputDirectory.open(output, context.hadoopConfiguration());
    if (!options.spark().resumes() && directory.exists()) {
      throw new UsageException(
          directory.path() + " exists; --resume continues the job that began it");
    }
    ReportPage report = options.report();
    if (report != null) {
      report.check();
    }
    JobInput list = input.get();
    Results results = new Results(spark, options, directory, list);
    if (!directory.exists(Manifest.SUCCESS)) {
      Manifest manifest =
          new Rounds(context, options, directory, chunkSize).fetch(list, results::read);
      results.complete(manifest);
    } else {
      Rounds.checkSame(list, options, directory);
    }
    if (report != null) {
      spark.sparkContext().setJobDescription("fetch: report");
      report.write(results.read(), directory.path(), options.shown());
    }
    return results;
  }

  private void refuseSpeculation() throws UsageException {
    if (spark.sparkContext().getConf().getBoolean("spark.speculation", false)) {
      throw new UsageException("spark.speculation=true would send requests twice; set it to false");
    }
  }

  /** Fetches the lists, and returns the summary; empty if none is requested. */
  String summary(JobOptions options) throws IOException {
    Clock clock = Clock.system();
    long start = clock.nanoTime();
    Results results = results(options);
    SummaryFormat format = options.output().summary();
    if (format == null) {
      return "";
    }
    spark.sparkContext().setJobDescription("fetch: summary");
    Duration elapsed = Duration.ofNanos(clock.nanoTime() - start);
    Tally tally = results.totals().tally(elapsed);
    String text =
        format.format(new SummaryFormat.Summary(tally, new SummaryFormat.Rest.None())) + "\n";
    return format == SummaryFormat.TEXT ? text + results.manifest().sharing() : text;
  }

  /** {@code spark-submit --class fetch.spark.FetchJob fetch-spark.jar -o DIR [OPTIONS] LIST...}. */
  public static void main(String[] arguments) {
    try {
      JobOptions options = JobOptions.parse(System.getenv(), List.of(arguments));
      if (options.wantsHelp()) {
        System.out.print(options.help());
        return;
      }
      try (SparkSession spark = SparkSession.builder().appName("fetch").getOrCreate()) {
        spark.sparkContext().setLogLevel(LOG_LEVEL);
        System.out.print(on(spark).summary(options));
      }
    } catch (UsageException e) {
      System.err.println("fetch: " + e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println("fetch: " + IoMessages.of(e));
      System.exit(1);
    }
  }
}
