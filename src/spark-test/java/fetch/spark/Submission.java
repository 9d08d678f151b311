package fetch.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A driver that runs, and what it prints. */
record Submission(Process driver, Path out, Path err, Duration patience) {
  /** Waits for the end of the driver and returns its exit code. */
  int await() throws InterruptedException {
    if (!driver.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the driver still runs: " + SparkCluster.text(err));
    }
    return driver.exitValue();
  }

  String printed() {
    return SparkCluster.text(out);
  }

  String errors() {
    return SparkCluster.text(err);
  }
}
