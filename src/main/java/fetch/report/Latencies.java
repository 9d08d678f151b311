package fetch.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Collects request durations, with an accuracy of 1%. For one thread. */
public final class Latencies {
  private static final int SIGNIFICANT_DIGITS = 2;
  private static final double MICROS_PER_SECOND = 1e6;

  private final Histogram micros = new Histogram(SIGNIFICANT_DIGITS);

  /** A number of requests with the same duration. */
  public record Bar(double seconds, long requests) {}

  /** Adds a request. */
  public void record(long nanos) {
    micros.recordValue(nanos / 1000);
  }

  /** Adds requests with the same duration. */
  public void record(long nanos, long requests) {
    micros.recordValueWithCount(nanos / 1000, requests);
  }

  /** Adds all requests of another collection. */
  public void add(Latencies other) {
    micros.add(other.micros);
  }

  /** The number of requests. */
  long count() {
    return micros.getTotalCount();
  }

  /** A percentile in seconds; 0 without requests. */
  public double percentile(double percent) {
    return micros.getValueAtPercentile(percent) / MICROS_PER_SECOND;
  }

  /** All durations, the shortest first. */
  public List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    for (HistogramIterationValue value : micros.recordedValues()) {
      bars.add(
          new Bar(
              value.getValueIteratedTo() / MICROS_PER_SECOND,
              value.getCountAddedInThisIterationStep()));
    }
    return bars;
  }

  /** All durations as {@code MICROSECONDS REQUESTS}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (HistogramIterationValue value : micros.recordedValues()) {
      lines.add(value.getValueIteratedTo() + " " + value.getCountAddedInThisIterationStep());
    }
    return lines;
  }
}
