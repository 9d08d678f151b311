package fetch.frontier;

/** Measures the throughput of a time. Moments and times are in nanoseconds. For one thread. */
final class LoadWindow {
  private long start;
  private long last;
  private double area;
  private int served;
  private int refused;

  /** Begins a new window. */
  void start(long now) {
    start = now;
    last = now;
    area = 0;
    served = 0;
    refused = 0;
  }

  /** Adds the time since the last call, in which this many requests were in flight. */
  void pass(int inFlight, long now) {
    area += (double) inFlight * (now - last);
    last = now;
  }

  void add(LoadSign sign) {
    switch (sign) {
      case SERVED -> served++;
      case REFUSED -> refused++;
      case NONE -> {}
    }
  }

  long span(long now) {
    return now - start;
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
   * The served requests in a nanosecond, less what refusals are held to be worth: a server that
   * refuses half is worth a quarter.
   */
  double worth(long now) {
    double part = 1 - refusedPart();
    return served / Math.max(1.0, (double) span(now)) * part * part;
  }

  /** How many requests were in flight, on average. */
  double inFlight(long now) {
    return area / Math.max(1.0, (double) span(now));
  }
}
