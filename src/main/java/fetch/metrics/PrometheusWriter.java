package fetch.metrics;

import java.util.Locale;

/**
 * Writes Prometheus's text format, version 0.0.4 (prometheus.io/docs/instrumenting
 * /exposition_formats): families of samples, each sample with the name of the run among its labels,
 * so that several runs can share a directory. For one thread.
 */
final class PrometheusWriter {
  private static final long NANOS = 1_000_000_000;
  private static final long MILLIS = 1000;

  private final StringBuilder text = new StringBuilder();
  private final String run;
  private String family = "";

  /**
   * @param run the value of the label that all samples have
   */
  PrometheusWriter(String run) {
    this.run = escaped(run);
  }

  /** Begins a family; its samples follow. */
  void family(String name, String type, String help) {
    family = name;
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** The one sample of a family. */
  void sample(long value) {
    line("", "", "", Long.toString(value));
  }

  /** One of the samples of a family, with its own label. */
  void sample(String label, String labelValue, long value) {
    line("", label, labelValue, Long.toString(value));
  }

  /** A moment in milliseconds since the Unix epoch. */
  void moment(long epochMillis) {
    line("", "", "", decimal(epochMillis / MILLIS, epochMillis % MILLIS, 3));
  }

  /**
   * The samples of a histogram.
   *
   * @param bounds upper bounds of the buckets, in milliseconds
   * @param counts the number of values up to each bound, then the total
   */
  void histogram(long[] bounds, long[] counts, long sumNanos) {
    for (int i = 0; i < bounds.length; i++) {
      String bound = decimal(bounds[i] / MILLIS, bounds[i] % MILLIS, 3);
      line("_bucket", "le", bound, Long.toString(counts[i]));
    }
    String all = Long.toString(counts[bounds.length]);
    line("_bucket", "le", "+Inf", all);
    line("_sum", "", "", decimal(sumNanos / NANOS, sumNanos % NANOS, 9));
    line("_count", "", "", all);
  }

  private static String decimal(long whole, long rest, int digits) {
    return String.format(Locale.ROOT, "%d.%0" + digits + "d", whole, rest);
  }

  private void line(String suffix, String label, String labelValue, String value) {
    text.append(family).append(suffix).append("{run=\"").append(run).append('"');
    if (!label.isEmpty()) {
      text.append(',').append(label).append("=\"").append(escaped(labelValue)).append('"');
    }
    text.append("} ").append(value).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
