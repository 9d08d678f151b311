package fetch;

/** Percentiles of the attempts' total times, in nanoseconds; 0 when there were no attempts. */
public record Percentiles(long p50, long p95, long p99) {
  public static final Percentiles NONE = new Percentiles(0, 0, 0);
}
