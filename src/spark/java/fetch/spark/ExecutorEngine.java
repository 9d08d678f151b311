package fetch.spark;

import fetch.Clock;
import fetch.engine.Attachments;
import fetch.engine.Engine;
import fetch.engine.Settings;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.dns.NameService;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The engines of this JVM, one for each job. All tasks of a job in an executor share its
 * connections, names and TLS sessions, and all jobs share the file descriptors. Safe for many
 * threads.
 */
final class ExecutorEngine {
  /** Static, because Spark creates tasks without a way to pass this to them. */
  static final ExecutorEngine OF_THIS_JVM = new ExecutorEngine();

  /** An engine, and how many tasks use it. */
  private static final class Shared {
    private final Engine engine;
    private int tasks;

    Shared(Engine engine) {
      this.engine = engine;
    }
  }

  private final Map<String, Shared> engines = new HashMap<>();
  private final DescriptorPool descriptors = new DescriptorPool(Descriptors.ofThisProcess());

  /** For jobs with archives, whose large bodies have a file each. */
  private @Nullable DescriptorPool besideFiles;

  private ExecutorEngine() {}

  /**
   * The engine of a job; each call must be followed by {@link #giveBack}. Closes the engines of
   * other jobs that no task uses.
   *
   * @param tasks how many run at once in this JVM
   */
  synchronized Engine take(JobSettings job, JobOptions options, boolean structured, int tasks)
      throws IOException {
    engines
        .entrySet()
        .removeIf(other -> {
          boolean over = !other.getKey().equals(job.job()) && other.getValue().tasks == 0;
          if (over) {
            other.getValue().engine.close();
          }
          return over;
        });
    Shared shared = engines.get(job.job());
    if (shared == null) {
      shared = new Shared(open(job, options, structured, tasks));
      engines.put(job.job(), shared);
    }
    shared.tasks++;
    return shared.engine;
  }

  private Engine open(JobSettings job, JobOptions options, boolean structured, int tasks)
      throws IOException {
    Settings settings = job.ofExecutor(job.engine(options));
    Attachments.Machine machine =
        new Attachments.Machine(
            NameService.system(),
            Clock.system(),
            options.spark().archives() ? besideFiles() : descriptors);
    int workers = Math.clamp((long) settings.concurrency().workers() * tasks, 1, 1_000_000);
    return new Engine(
        settings.withWorkers(workers),
        JobSettings.attachments(options, settings, structured, machine));
  }

  private DescriptorPool besideFiles() {
    DescriptorPool pool =
        besideFiles == null
            ? new DescriptorPool(Descriptors.ofThisProcess().sharedWithFiles())
            : besideFiles;
    besideFiles = pool;
    return pool;
  }

  synchronized void giveBack(JobSettings job) {
    Shared shared = engines.get(job.job());
    if (shared != null) {
      shared.tasks--;
    }
  }

  /** Closes the engine of a finished job, if this JVM has one that no task uses. */
  synchronized void close(String job) {
    Shared shared = engines.get(job);
    if (shared != null && shared.tasks == 0) {
      engines.remove(job);
      shared.engine.close();
    }
  }
}
