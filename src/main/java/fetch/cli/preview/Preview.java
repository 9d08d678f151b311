package fetch.cli.preview;

import fetch.BadLine;
import fetch.ByHost;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts the entries and hosts of a list of any length. For one thread. */
public final class Preview {
  /** The names of this many hosts take about 20 MB. */
  private static final int MOST_HOSTS = 100_000;

  private static final int MOST_SHOWN = 10;
  private static final double NANOS = 1e9;

  private final double interval;
  private final ByHost<Double> hostIntervals;
  private final ByHost<String> limits;
  private final HostCounts hosts;
  private final List<String> complaints = new ArrayList<>();
  private long urls;
  private long badLines;

  /**
   * @param interval the least nanoseconds between the starts of two requests
   * @param hostIntervals the same for two requests to one host
   * @param limits to print beside a host; empty for none
   */
  public Preview(double interval, ByHost<Double> hostIntervals, ByHost<String> limits) {
    this(interval, hostIntervals, limits, MOST_HOSTS);
  }

  Preview(double interval, ByHost<Double> hostIntervals, ByHost<String> limits, int mostHosts) {
    this.interval = interval;
    this.hostIntervals = hostIntervals;
    this.limits = limits;
    this.hosts = new HostCounts(mostHosts);
  }

  public void add(Entry entry) {
    switch (entry) {
      case FetchRequest request -> {
        urls++;
        hosts.add(request.target().host());
      }
      case BadLine line -> {
        badLines++;
        if (complaints.size() < MOST_SHOWN) {
          complaints.add(line.message());
        }
      }
    }
  }

  /** The report, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %s; %s%s"
            .formatted(
                Quantity.of(urls + badLines, "entry"),
                Quantity.of(urls, "url"),
                Quantity.of(badLines, "bad line"),
                hosts.exact() ? "" : "about ",
                Quantity.of(hosts.distinct(), "host")));
    addBadLines(lines);
    addHosts(lines);
    addLeastTime(lines);
    return lines;
  }

  private void addBadLines(List<String> lines) {
    if (badLines == 0) {
      return;
    }
    lines.add("bad lines:");
    complaints.forEach(complaint -> lines.add("  " + complaint));
    if (badLines > complaints.size()) {
      lines.add("  and %d more".formatted(badLines - complaints.size()));
    }
  }

  private void addHosts(List<String> lines) {
    if (urls == 0) {
      return;
    }
    lines.add(
        "biggest hosts, by urls"
            + (hosts.exact() ? ":" : ", each at most %d too low:".formatted(hosts.missing())));
    for (HostCounts.Count count : hosts.biggest(MOST_SHOWN)) {
      String own = limits.of(count.host());
      lines.add(
          "  %d %s%s".formatted(count.urls(), count.host(), own.isEmpty() ? "" : " (" + own + ")"));
    }
  }

  /** Responses, retries and Crawl-delay take additional time. */
  private void addLeastTime(List<String> lines) {
    double all = Math.max(0, urls - 1) * interval;
    String biggest = "";
    String slowest = "";
    double one = 0;
    for (HostCounts.Count count : hosts.biggest(Integer.MAX_VALUE)) {
      biggest = biggest.isEmpty() ? count.host() : biggest;
      double least = leastNanos(count);
      if (least > one) {
        one = least;
        slowest = count.host();
      }
    }
    if (all > 0 || one > 0) {
      String host = slowest.equals(biggest) ? "the biggest host" : slowest;
      lines.add(
          "takes at least "
              + duration(Math.max(all, one) / NANOS)
              + (all >= one ? ", at the rate" : ", at the rate for " + host));
    }
  }

  private double leastNanos(HostCounts.Count count) {
    return (count.urls() - 1) * hostIntervals.of(count.host());
  }

  private static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    long minutes = (long) seconds / 60;
    return minutes < 60
        ? "%dm%02ds".formatted(minutes, (long) seconds % 60)
        : "%dh%02dm".formatted(minutes / 60, minutes % 60);
  }
}
