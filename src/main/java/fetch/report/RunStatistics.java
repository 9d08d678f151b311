package fetch.report;

import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.BadLine;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Hop;
import fetch.output.HostCounter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the figures of the HTML report in bounded memory, however long the run is and however
 * many hosts it has. Safe for many threads.
 */
public final class RunStatistics {
  /** Statuses have three digits (RFC 9110, section 15). */
  static final int STATUSES = 1000;

  static final int MOST_RETRIES = 5;

  private final Clock clock;
  private long start;
  private final boolean resumable;

  final TimeSeries series = new TimeSeries();
  final PhaseTimes phases = new PhaseTimes();
  final long[] statuses = new long[STATUSES];
  final long[] retries = new long[MOST_RETRIES + 1];
  final Map<FailureKind, ErrorCount> errors = new EnumMap<>(FailureKind.class);
  final BodySizes sizes = new BodySizes();
  final Waits waits = new Waits();
  final FailingHosts failing = new FailingHosts();
  final SlowestHosts slowest = new SlowestHosts();
  final HostCounter hosts = new HostCounter();

  /**
   * Starts the clock; {@link #start} starts it again.
   *
   * @param resumable whether stopped entries are left to the next run
   */
  public RunStatistics(Clock clock, boolean resumable) {
    this.clock = clock;
    this.start = clock.nanoTime();
    this.resumable = resumable;
  }

  /** The failures of one kind. */
  static final class ErrorCount {
    private final FailureExample example;
    private long entries;

    ErrorCount(FailureExample example) {
      this.example = example;
    }

    /** The first of them. */
    FailureExample example() {
      return example;
    }

    long entries() {
      return entries;
    }
  }

  /** The waits of entries before their requests. */
  static final class Waits {
    long beforeFirst;
    long beforeRetries;
    long holds;
    long robots;
    @Nullable HoldBack longestHold;

    private void hold(@Nullable HoldBack hold) {
      if (hold != null) {
        holds++;
        HoldBack before = longestHold;
        if (before == null || before.millis() < hold.millis()) {
          longestHold = hold;
        }
      }
    }
  }

  /** Starts the clock. */
  public synchronized void start() {
    start = clock.nanoTime();
  }

  /** Adds a request that has ended. */
  public synchronized void attempted(FetchRequest request, Attempt attempt) {
    waits.hold(attempt.response().holdBack());
    if (request.robots()) {
      waits.robots++;
      return;
    }
    Hop hop = request.hop();
    PhaseTimes.Durations durations =
        PhaseTimes.Durations.of(attempt.timings(), hop == null ? 0 : hop.timings().total());
    phases.add(durations);
    slowest.add(request, attempt, durations);
  }

  /** Adds an entry that has ended. */
  public synchronized void ended(FetchResult result) {
    if (resumable && result.stopped()) {
      return;
    }
    series.add(clock.nanoTime() - start, result.ok());
    statuses[Math.clamp(result.status(), 0, STATUSES - 1)]++;
    retries[Math.clamp(result.scheduling().retries(), 0, MOST_RETRIES)]++;
    hosts.count(result);
    Attempt attempt = result.attempt();
    if (attempt != null) {
      sizes.add(result, attempt.body());
      waited(result.scheduling().queueNanos(), result.scheduling().retries() > 0);
    }
    Failure failure = result.failure();
    if (failure != null) {
      failed(result, failure);
    }
  }

  private void waited(long nanos, boolean retried) {
    phases.waited(nanos);
    if (retried) {
      waits.beforeRetries += nanos;
    } else {
      waits.beforeFirst += nanos;
    }
  }

  private void failed(FetchResult result, Failure failure) {
    ErrorCount count = errors.get(failure.kind());
    if (count == null) {
      count = new ErrorCount(FailureExample.of(result, failure));
      errors.put(failure.kind(), count);
    }
    count.entries++;
    if (!result.stopped()) {
      switch (result.entry()) {
        case FetchRequest request -> failing.count(request.target().host(), result, failure);
        case BadLine _ -> {}
      }
    }
  }
}
