package fetch.output;

import fetch.Changes;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.output.HostTallies.HostTally;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats the summary at the end of a run. */
public enum SummaryFormat {
  TEXT,
  JSON,
  MARKDOWN;

  /** The entries that a stopped run did not reach. */
  public sealed interface Rest {
    /** It reached all entries. */
    record None() implements Rest {}

    /** Exactly this number of entries. */
    record Known(long entries) implements Rest {}

    /** At least this number of entries. */
    record AtLeast(long entries) implements Rest {}
  }

  private static final double NANOS = 1e9;

  /** The summary on one line, in the documented form. */
  public String format(Tally tally, Rest rest) {
    return format(tally, rest, null, null, Look.PLAIN, Delays.NONE, null);
  }

  /**
   * The summary on one line; in text, followed by a line about changes and a table of hosts. In
   * Markdown, a heading and tables.
   *
   * @param hosts those to list, null for none
   * @param changes since an earlier run, null for none
   * @param look of text
   * @param delays of the run
   * @param workers how many there were; null for a fixed number
   */
  public String format(
      Tally tally,
      Rest rest,
      @Nullable HostTallies hosts,
      @Nullable Changes changes,
      Look look,
      Delays delays,
      @Nullable WorkersUsed workers) {
    return switch (this) {
      case TEXT ->
          text(tally, rest, look)
              + (workers == null ? "" : "; " + workers)
              + delays.text(tally)
              + (changes == null ? "" : "\n" + ChangeSummary.text(changes))
              + (hosts == null ? "" : new HostTable(hosts, look).text());
      case JSON -> json(tally, rest, hosts, changes, delays, workers);
      case MARKDOWN ->
          MarkdownSummary.of(tally, rest, hosts, changes).stripTrailing()
              + (workers == null ? "" : "\n\n" + workers + ".")
              + delays.text(tally).replace("\n", "\n\n");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String text(Tally tally, Rest rest, Look look) {
    Colour ok = tally.ok() == 0 ? Colour.DEFAULT : Colour.GREEN;
    Colour failed = tally.failed() == 0 ? Colour.DEFAULT : Colour.RED;
    return String.format(
        Locale.ROOT,
        "%d urls: %s, %s%s%s; %s; %.2f s elapsed; %s urls/s; p50 %s p95 %s p99 %s",
        tally.urls(),
        look.paint(ok, tally.ok() + " ok"),
        look.paint(failed, tally.failed() + " failed") + failures(tally),
        look.paint(Colour.YELLOW, notReached(rest)),
        tally.retries() == 0 ? "" : ", " + Amounts.retries(tally.retries()),
        Amounts.size(tally.bytes()),
        tally.elapsedNanos() / NANOS,
        Amounts.rate(urlsPerSecond(tally)),
        Amounts.duration(tally.times().p50()),
        Amounts.duration(tally.times().p95()),
        Amounts.duration(tally.times().p99()));
  }

  private static String failures(Tally tally) {
    return tally.failures().isEmpty()
        ? ""
        : tally.failures().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String notReached(Rest rest) {
    return switch (rest) {
      case Rest.None _ -> "";
      case Rest.Known known -> ", " + known.entries() + " not reached";
      case Rest.AtLeast least -> ", at least " + least.entries() + " not reached";
    };
  }

  private static double urlsPerSecond(Tally tally) {
    return tally.elapsedNanos() == 0 ? 0 : tally.urls() * NANOS / tally.elapsedNanos();
  }

  private static String json(
      Tally tally,
      Rest rest,
      @Nullable HostTallies hosts,
      @Nullable Changes changes,
      Delays delays,
      @Nullable WorkersUsed workers) {
    ByteBuilder out = new ByteBuilder(512);
    out.append("{\"urls\":" + tally.urls() + ",\"ok\":" + tally.ok());
    out.append(",\"failed\":" + tally.failed() + ",\"errors\":{");
    char separator = 0;
    for (Map.Entry<String, Long> failure : tally.failures().entrySet()) {
      if (separator != 0) {
        out.append(separator);
      }
      JsonLines.appendString(failure.getKey(), out);
      out.append(":" + failure.getValue());
      separator = ',';
    }
    out.append(
        "},\"not_reached\":"
            + jsonRest(rest)
            + ",\"retries\":"
            + tally.retries()
            + ",\"bytes\":"
            + tally.bytes());
    appendSeconds(",\"elapsed\":", tally.elapsedNanos(), out);
    out.append(String.format(Locale.ROOT, ",\"urls_per_second\":%.1f", urlsPerSecond(tally)));
    appendSeconds(",\"p50\":", tally.times().p50(), out);
    appendSeconds(",\"p95\":", tally.times().p95(), out);
    appendSeconds(",\"p99\":", tally.times().p99(), out);
    delays.appendJson(out);
    if (workers != null) {
      out.append(",\"workers\":{\"least\":" + workers.least());
      out.append(",\"most\":" + workers.most() + ",\"last\":" + workers.last() + "}");
    }
    if (changes != null) {
      ChangeSummary.appendJson(changes, out);
    }
    if (hosts != null) {
      appendHosts(hosts, out);
    }
    out.append('}');
    return out.toString();
  }

  private static void appendHosts(HostTallies hosts, ByteBuilder out) {
    char separator = 0;
    out.append(",\"hosts\":[");
    for (HostTally host : hosts.top()) {
      if (separator != 0) {
        out.append(separator);
      }
      out.append("{\"host\":");
      JsonLines.appendString(host.host(), out);
      out.append(",\"urls\":" + host.urls() + ",\"urls_missed\":" + host.missed());
      out.append(",\"ok\":" + host.ok() + ",\"failed\":" + host.failed());
      out.append(",\"retries\":" + host.retries() + ",\"bytes\":" + host.bytes());
      appendSeconds(",\"p50\":", host.times().p50(), out);
      appendSeconds(",\"p95\":", host.times().p95(), out);
      out.append('}');
      separator = ',';
    }
    out.append("],\"other_hosts\":" + (hosts.exact() ? Long.toString(hosts.others()) : "null"));
  }

  private static String jsonRest(Rest rest) {
    return switch (rest) {
      case Rest.None _ -> "0";
      case Rest.Known known -> Long.toString(known.entries());
      case Rest.AtLeast _ -> "null";
    };
  }

  private static void appendSeconds(String name, long nanos, ByteBuilder out) {
    out.append(name);
    out.appendSeconds(nanos, 6);
  }
}
