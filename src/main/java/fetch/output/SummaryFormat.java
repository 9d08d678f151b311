package fetch.output;

import fetch.Changes;
import fetch.Quantity;
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

  /**
   * The content of a summary.
   *
   * @param hosts those to list, null for none
   * @param changes since an earlier run, null for none
   * @param delays of the run
   * @param workers how many there were; null for a fixed number
   */
  public record Summary(
      Tally tally,
      Rest rest,
      @Nullable HostTallies hosts,
      @Nullable Changes changes,
      Delays delays,
      @Nullable WorkersUsed workers) {
    /** A summary of counts only. */
    public Summary(Tally tally, Rest rest) {
      this(tally, rest, null, null, Delays.NONE, null);
    }
  }

  /** The summary in the documented form, for programs. */
  public String format(Summary summary) {
    return format(summary, TextStyle.PLAIN);
  }

  /**
   * The summary on one line; in text, followed by a line about changes and a table of hosts. In
   * Markdown, a heading and tables.
   *
   * @param look of text
   */
  public String format(Summary summary, TextStyle look) {
    return switch (this) {
      case TEXT -> text(summary, look);
      case JSON -> json(summary);
      case MARKDOWN ->
          MarkdownSummary.of(summary.tally(), summary.rest(), summary.hosts(), summary.changes())
                  .stripTrailing()
              + (summary.workers() == null ? "" : "\n\n" + summary.workers() + ".")
              + summary.delays().text(summary.tally()).replace("\n", "\n\n");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String text(Summary summary, TextStyle look) {
    HostTallies hosts = summary.hosts();
    return line(summary.tally(), summary.rest(), look)
        + (summary.workers() == null ? "" : "; " + summary.workers())
        + summary.delays().text(summary.tally())
        + (summary.changes() == null ? "" : "\n" + ChangeSummary.text(summary.changes()))
        + (hosts == null ? "" : new HostTable(hosts, look).text());
  }

  private static String line(Tally tally, Rest rest, TextStyle look) {
    Colour ok = tally.ok() == 0 ? Colour.DEFAULT : Colour.GREEN;
    Colour failed = tally.failed() == 0 ? Colour.DEFAULT : Colour.RED;
    return String.format(
        Locale.ROOT,
        "%d urls: %s, %s%s%s; %s; %.2f s elapsed; %s urls/s; p50 %s p95 %s p99 %s",
        tally.urls(),
        look.paint(ok, tally.ok() + " ok"),
        look.paint(failed, tally.failed() + " failed") + failures(tally),
        look.paint(Colour.YELLOW, notReached(rest)),
        tally.retries() == 0 ? "" : ", " + Quantity.of(tally.retries(), "retry"),
        QuantityFormat.size(tally.bytes()),
        tally.elapsedNanos() / NANOS,
        QuantityFormat.rate(urlsPerSecond(tally)),
        QuantityFormat.duration(tally.times().p50()),
        QuantityFormat.duration(tally.times().p95()),
        QuantityFormat.duration(tally.times().p99()));
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

  private static String json(Summary summary) {
    Tally tally = summary.tally();
    WorkersUsed workers = summary.workers();
    Changes changes = summary.changes();
    HostTallies hosts = summary.hosts();
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
            + jsonRest(summary.rest())
            + ",\"retries\":"
            + tally.retries()
            + ",\"bytes\":"
            + tally.bytes());
    appendSeconds(",\"elapsed\":", tally.elapsedNanos(), out);
    out.append(String.format(Locale.ROOT, ",\"urls_per_second\":%.1f", urlsPerSecond(tally)));
    appendSeconds(",\"p50\":", tally.times().p50(), out);
    appendSeconds(",\"p95\":", tally.times().p95(), out);
    appendSeconds(",\"p99\":", tally.times().p99(), out);
    summary.delays().appendJson(out);
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
