package fetch.spark;

import fetch.Clock;
import fetch.FailureKind;
import fetch.engine.Engine;
import fetch.engine.EngineRun;
import fetch.engine.ResultPipeline;
import fetch.engine.Settings;
import fetch.output.Column;
import fetch.warc.ArchiveSpool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a part of the list: skips committed entries, and commits the others chunk by chunk. If
 * run again, by this or another executor, it continues.
 *
 * @param hadoop the configuration of the driver
 */
record FetchTask(
    JobSettings settings,
    TaskPlan plan,
    Progress progress,
    Broadcast<SerializableConfiguration> hadoop)
    implements Function<Integer, List<Chunk>> {
  /** Leaves unfinished entries to the next round. */
  private static final ResultPipeline.Plan PIPELINE =
      new ResultPipeline.Plan(0, Set.of(), 0, null, false, true);

  @Override
  public List<Chunk> call(Integer part) throws IOException, InterruptedException {
    Configuration configuration = hadoop.value().value();
    JobOptions options = settings.options();
    OutputDirectory directory = OutputDirectory.open(plan.output(), configuration);
    PartChunks chunks =
        new PartChunks(
            directory,
            configuration,
            options.spark().format(),
            options.spark().archives(),
            plan.round(),
            part);
    chunks.read();
    if (chunks.found() < plan.list().sizes().get(part)) {
      boolean structured = ListSource.anyStructured(plan.sources());
      Engine shared = ExecutorEngine.OF_THIS_JVM.take(settings, options, structured, tasksAtOnce());
      try (ArchiveSpool spool = options.spark().archives() ? spool(options) : null;
          Engine engine = shared.companion(ownSettings(options), spool)) {
        ChunkArchives archives = spool == null ? null : new ChunkArchives(directory, spool);
        List<Column> columns = JobSettings.columns(options, structured);
        fetch(engine, writer(engine, columns, chunks, archives), entries(directory, part, chunks));
        checkSpool(spool);
      } finally {
        ExecutorEngine.OF_THIS_JVM.giveBack(settings);
      }
    }
    return chunks.chunks();
  }

  /** In the directory for temporary files, as chunks are. */
  private static ArchiveSpool spool(JobOptions options) {
    return new ArchiveSpool(
        Path.of(System.getProperty("java.io.tmpdir")), options.warcInformation(), Clock.system());
  }

  private static void checkSpool(@Nullable ArchiveSpool spool) throws IOException {
    String complaint = spool == null ? null : spool.complaint();
    if (complaint != null) {
      throw new IOException(complaint);
    }
  }

  /**
   * The limits of this task. It shares the rate with all other tasks, and some hosts with some of
   * them.
   */
  private Settings ownSettings(JobOptions options) throws IOException {
    Settings whole = settings.engine(options);
    return whole.with(whole.politeness().dividedBy(plan.list().parts(), plan.list().shared()));
  }

  private static int tasksAtOnce() {
    int cores =
        SparkEnv.get()
            .conf()
            .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
    return Math.max(1, cores / SparkEnv.get().conf().getInt("spark.task.cpus", 1));
  }

  private PartEntries entries(OutputDirectory directory, int part, PartChunks chunks)
      throws IOException {
    String file = TaskPlan.listFile(plan.round(), part);
    return new PartEntries(
        directory.list(file), new EntryParsers(plan.sources(), plan.query()), chunks);
  }

  private ChunkWriter writer(
      Engine engine, List<Column> columns, PartChunks chunks, @Nullable ChunkArchives archives) {
    return new ChunkWriter(
        chunks,
        archives,
        columns,
        plan.size(),
        Clock.system(),
        () -> engine.hold(FailureKind.INTERRUPTED));
  }

  private void fetch(Engine engine, ChunkWriter writer, PartEntries entries)
      throws IOException, InterruptedException {
    EngineRun run = engine.begin(entries, PIPELINE, progress.counting(writer));
    TaskContext context = TaskContext.get();
    writer.start();
    try (TaskWatch _ =
        new TaskWatch(
            () -> context.isInterrupted() || writer.hasFailed(),
            plan.time(),
            () -> engine.hold(FailureKind.DEADLINE))) {
      run.execute();
    }
    writer.check();
    context.killTaskIfInterrupted();
  }
}
