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

  /** Batches of fewer responses say little of chance. */
  private static final int LEAST_BATCH = 8;

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

  /** How many responses make a batch. */
  private int batch = LEAST_BATCH;

  private int inBatch;
  private long batchStart;
  private int batches;
  private double batchTime;
  private double batchSquares;

  /**
   * Begins a new window at a change.
   *
   * @param limit about how many requests are in flight from now on
   * @param skipped how many of the first requests after the change say nothing of latencies: the
   *     quick ones end first, and a queue grows only now
   */
  void change(long now, int limit, int skipped) {
    changed = now;
    batch = Math.max(LEAST_BATCH, limit);
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
    inBatch = 0;
    batchStart = now;
    batches = 0;
    batchTime = 0;
    batchSquares = 0;
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
    inBatch++;
    if (inBatch == batch) {
      endBatch(now);
    }
    if (isFresh(nanos, now)) {
      fresh++;
      freshTime += fresh > toSkip ? nanos : 0;
    }
  }

  private void endBatch(long now) {
    double lasted = now - batchStart;
    batches++;
    batchTime += lasted;
    batchSquares += lasted * lasted;
    inBatch = 0;
    batchStart = now;
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

  /**
   * The standard deviation of the worth, as a part of it: from how much the times of batches
   * differ. A batch has a response of each request in flight, as these may come in bursts. One more
   * batch is assumed whose responses are independent events, as a few batches may agree by chance.
   */
  double chance() {
    double mean = Math.max(1, batchTime / Math.max(1, batches));
    double squares = Math.max(0, batchSquares / (mean * mean) - batches);
    double ofBatch = (squares + 1.0 / batch) / Math.max(1, batches);
    return Math.sqrt(ofBatch * batch / Math.max(1, served));
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
