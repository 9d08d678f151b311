package fetch.compare;

import fetch.report.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the figures of a run, and passes them between processes as text: a name and values on each
 * line. Readers ignore unknown names.
 *
 * @param workers the number of workers used, which may be fewer than requested
 * @param statuses the number of attempts by status code, including retried ones
 * @param slowest the entry that took longest from its first attempt to its end; null if there is
 *     none
 */
public record Figures(
    int workers,
    long urls,
    long ok,
    Map<Integer, Long> statuses,
    @Nullable Slowest slowest,
    Latencies latencies,
    ResourceUsage usage) {
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * An entry, and how long it took.
   *
   * @param url password masked
   */
  public record Slowest(String url, double seconds) {}

  /** Whether the list was empty. */
  public boolean isEmpty() {
    return urls == 0;
  }

  long failed() {
    return urls - ok;
  }

  /** The number of responses with 429 (RFC 6585, section 4). */
  long throttled() {
    return statuses.getOrDefault(TOO_MANY_REQUESTS, 0L);
  }

  /** The figures as text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("workers " + workers);
    lines.add("urls " + urls);
    lines.add("ok " + ok);
    lines.add("usage " + usage.user() + " " + usage.system() + " " + usage.peakMemory());
    statuses.forEach((status, count) -> lines.add("status " + status + " " + count));
    latencies.lines().forEach(line -> lines.add("latency " + line));
    if (slowest != null) {
      lines.add("slowest " + slowest.seconds() + " " + slowest.url());
    }
    return lines;
  }

  /**
   * Reads what {@link #lines} wrote.
   *
   * @throws IllegalArgumentException if the text is invalid
   */
  public static Figures parse(List<String> lines) {
    Reader reader = new Reader();
    lines.forEach(reader::read);
    return reader.figures();
  }

  /** Parses the lines. */
  private static final class Reader {
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private ResourceUsage usage = ResourceUsage.UNKNOWN;
    private @Nullable Slowest slowest;

    void read(String line) {
      String[] words = line.split(" ", 4);
      switch (words[0]) {
        case "status" -> statuses.put(Integer.valueOf(words[1]), Long.valueOf(words[2]));
        case "latency" ->
            latencies.record(Long.parseLong(words[1]) * 1000, Long.parseLong(words[2]));
        case "slowest" -> slowest = new Slowest(words[2], Double.parseDouble(words[1]));
        case "usage" ->
            usage =
                new ResourceUsage(
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]));
        case "workers", "urls", "ok" -> counts.put(words[0], Long.valueOf(words[1]));
        default -> {} // from a later version of fetch
      }
    }

    Figures figures() {
      return new Figures(
          Math.toIntExact(count("workers")),
          count("urls"),
          count("ok"),
          statuses,
          slowest,
          latencies,
          usage);
    }

    private long count(String name) {
      Long count = counts.get(name);
      if (count == null) {
        throw new IllegalArgumentException("no " + name + " among the figures");
      }
      return count;
    }
  }
}
