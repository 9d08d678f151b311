package fetch.frontier;

/**
 * Measures the throughput of a time. Moments and times are in nanoseconds. For one thread.
 *
 * <p>It begins at a change, but measures from {@link #start} on: requests from before the change
 * are awaited first. Those that began after the change count from the beginning.
 */
final class LoadWindow {
  private static final double SHORTEST_QUICK_NANOS = 50e6;
  private static final double SHORTEST_NANOS = 100e6;
  private static final double LONGEST_ROUGH_NANOS = 2e9;
  private static final double LONGEST_NANOS = 5e9;
  private static final double STEADY = 1.1;

  private long changed;
  private long start;
  private long last;
  private double area;
  private int served;
  private int refused;
  private double time;
  private int toSkip;
  private int fresh;
  private double freshTime;

  /**
   * Begins a new window at a change.
   *
   * @param skipped how many of the first requests after the change say nothing of latencies: the
   *     quick ones end first, and a queue grows only now
   */
  void change(long now, int skipped) {
    changed = now;
    toSkip = skipped;
    fresh = 0;
    freshTime = 0;
    start(now);
  }

  /** Begins to measure. */
  void start(long now) {
    start = now;
    last = now;
    area = 0;
    served = 0;
    refused = 0;
    time = 0;
  }

  /** Adds the time since the last call, in which this many requests were in flight. */
  void pass(int inFlight, long now) {
    area += (double) inFlight * (now - last);
    last = now;
  }

  /**
   * Adds a request that ended now.
   *
   * @param nanos how long it took
   */
  void add(LoadSign sign, long nanos, long now) {
    switch (sign) {
      case SERVED -> serve(nanos, now);
      case REFUSED -> refused += isFresh(nanos, now) ? 1 : 0;
      case NONE -> {}
    }
  }

  private void serve(long nanos, long now) {
    served++;
    time += nanos;
    if (isFresh(nanos, now)) {
      fresh++;
      freshTime += fresh > toSkip ? nanos : 0;
    }
  }

  private boolean isFresh(long nanos, long now) {
    return now - nanos - changed >= 0;
  }

  int count() {
    return served + refused;
  }

  int refused() {
    return refused;
  }

  /** The part of the requests that were refused. */
  double refusedPart() {
    return (double) refused / Math.max(1, count());
  }

  /**
   * The served requests per nanosecond, reduced for refusals: a server that refuses half is worth a
   * quarter.
   */
  double worth(long now) {
    double part = 1 - refusedPart();
    return served / Math.max(1.0, (double) (now - start)) * part * part;
  }

  /** Whether it is worth about as much as the window before: programs warm up. */
  boolean agrees(double previous, long now) {
    double worth = worth(now);
    return worth <= STEADY * previous && previous <= STEADY * worth;
  }

  /** How many requests were in flight, on average. */
  double inFlight(long now) {
    return area / Math.max(1.0, (double) (now - start));
  }

  /** How long a served request took, on average. */
  double latency() {
    return Math.max(1, time) / Math.max(1, served);
  }

  /** How many requests were served that began after the change. */
  int fresh() {
    return fresh;
  }

  /** How long a served request took that began after the change, on average. */
  double freshLatency() {
    return Math.max(1, freshTime) / Math.max(1, fresh - toSkip);
  }

  /** Whether the time since the change is long enough for a first look. */
  boolean isQuickOver(long now) {
    return now - changed >= SHORTEST_QUICK_NANOS;
  }

  /** Whether the time is long enough, once there are enough requests; refusals come quickly. */
  boolean isOver(int enough, long now) {
    return now - start >= SHORTEST_NANOS || refused > enough / 2;
  }

  /** Whether the time is long enough to end with few requests. */
  boolean isLong(boolean isRough, long now) {
    return now - start >= (isRough ? LONGEST_ROUGH_NANOS : LONGEST_NANOS);
  }
}
