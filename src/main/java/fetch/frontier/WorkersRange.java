package fetch.frontier;

import fetch.WorkersUsed;

/** Remembers which limits of requests in flight were in use. For one thread. */
final class WorkersRange {
  private final int start;
  private int lowest;
  private int highest;
  private int most;

  /** The most in flight in this window, and in the one before. */
  private int peak;

  private int lastPeak;

  WorkersRange(int start) {
    this.start = start;
    this.lowest = start;
    this.highest = start;
  }

  void addLimit(int limit) {
    lowest = Math.min(lowest, limit);
    highest = Math.max(highest, limit);
  }

  void addInFlight(int count) {
    most = Math.max(most, count);
    peak = Math.max(peak, count);
  }

  /** Begins another window. */
  void startWindow(int inFlight) {
    lastPeak = peak;
    peak = inFlight;
  }

  /**
   * The limits as far as they were used.
   *
   * @param limit the present one
   */
  WorkersUsed used(int limit) {
    int last = Math.clamp(Math.max(peak, lastPeak), 1, limit);
    int needed = Math.max(Math.max(most, start), last);
    return new WorkersUsed(Math.min(lowest, last), Math.min(highest, needed), last);
  }
}
