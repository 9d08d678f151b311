package fetch.spark;

import fetch.Clock;
import fetch.FailureKind;
import fetch.engine.Engine;
import fetch.engine.EngineRun;
import fetch.engine.ResultPipeline;
import fetch.engine.Settings;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

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
    implements Function<Integer, TaskReport> {
  /** Leaves unfinished entries to the next round. */
  private static final ResultPipeline.Plan PIPELINE =
      new ResultPipeline.Plan(0, Set.of(), 0, null, false, true);

  @Override
  public TaskReport call(Integer part) throws IOException, InterruptedException {
    Configuration configuration = hadoop.value().value();
    JobOptions options = settings.options();
    OutputDirectory directory = OutputDirectory.open(plan.output(), configuration);
    PartChunks chunks =
        new PartChunks(directory, configuration, options.spark().format(), plan.round(), part);
    chunks.read();
    if (chunks.found() < plan.list().sizes().get(part)) {
      boolean structured = plan.sources().stream().anyMatch(ListSource::isStructured);
      Engine shared = ExecutorEngine.OF_THIS_JVM.take(settings, options, structured, tasksAtOnce());
      try (Engine engine = shared.companion(ownSettings(options))) {
        fetch(engine, options, chunks, entries(directory, part, chunks));
      } finally {
        ExecutorEngine.OF_THIS_JVM.giveBack(settings);
      }
    }
    return new TaskReport(part, chunks.chunks());
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

  private void fetch(Engine engine, JobOptions options, PartChunks chunks, PartEntries entries)
      throws IOException, InterruptedException {
    boolean structured = plan.sources().stream().anyMatch(ListSource::isStructured);
    ChunkWriter writer =
        new ChunkWriter(
            chunks,
            JobSettings.columns(options, structured),
            plan.size(),
            Clock.system(),
            () -> engine.hold(FailureKind.INTERRUPTED));
    EngineRun run = engine.begin(entries, PIPELINE, progress.counting(writer));
    TaskContext context = TaskContext.get();
    writer.start();
    try (TaskWatch _ =
        new TaskWatch(context, plan.time(), () -> engine.hold(FailureKind.DEADLINE))) {
      run.execute();
    }
    writer.check();
    context.killTaskIfInterrupted();
  }
}
