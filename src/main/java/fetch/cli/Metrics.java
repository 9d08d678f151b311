package fetch.cli;

import fetch.Clock;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.cli.options.IoMessages;
import fetch.cli.progress.Ticker;
import fetch.engine.Release;
import fetch.metrics.AttemptMetrics;
import fetch.metrics.MetricsFile;
import fetch.metrics.RunMetrics;
import fetch.metrics.RunMetrics.End;
import fetch.output.SummaryFormat.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics of a run to a file, if {@code --metrics} is given: at the start, every 15 s,
 * and at the end. A write failure is reported once and does not affect the run. One thread writes;
 * the end of the run waits for it only briefly.
 */
final class Metrics {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final @Nullable MetricsFile file;
  private final Console console;
  private final Clock clock;
  private final Ticker ticker = new Ticker("metrics", Duration.ZERO, INTERVAL);
  private volatile @Nullable End end;
  private boolean complained;

  /**
   * @param path of the file, null for none
   */
  Metrics(@Nullable Path path, Console console, Clock clock) {
    this.file = path == null ? null : new MetricsFile(path);
    this.console = console;
    this.clock = clock;
  }

  /** Whether metrics are written. */
  boolean isOn() {
    return file != null;
  }

  /** Starts writing. */
  void begin(
      Supplier<Tally> tally, AttemptMetrics traffic, Supplier<@Nullable WorkersUsed> workers) {
    MetricsFile target = file;
    if (target != null) {
      RunMetrics metrics = new RunMetrics(target.run(), Release.number(), clock.epochMillis());
      Runnable writing =
          () -> write(target, metrics.text(tally.get(), traffic, workers.get(), end));
      ticker.start(writing, writing);
    }
  }

  private void write(MetricsFile target, String text) {
    try {
      target.write(text);
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        console.say("cannot write the metrics: " + IoMessages.of(e));
      }
    }
  }

  /** Writes the final metrics. */
  void end(int exitCode, Rest rest) {
    if (file == null) {
      return;
    }
    end = new End(clock.epochMillis(), exitCode, notReached(rest));
    ticker.close();
    try {
      if (!ticker.await(PATIENCE)) {
        console.say("cannot write the metrics in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static OptionalLong notReached(Rest rest) {
    return switch (rest) {
      case Rest.None _ -> OptionalLong.of(0);
      case Rest.Known known -> OptionalLong.of(known.entries());
      case Rest.AtLeast _ -> OptionalLong.empty();
    };
  }
}
