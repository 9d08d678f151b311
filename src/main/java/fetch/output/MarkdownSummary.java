package fetch.output;

import fetch.Change;
import fetch.Changes;
import fetch.Changes.Vanished;
import fetch.Quantity;
import fetch.Tally;
import fetch.output.HostTallies.HostTally;
import fetch.output.SummaryFormat.Rest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the summary as tables in GitHub Flavored Markdown, for the summary page of a CI job. */
final class MarkdownSummary {
  /** Characters with a special meaning in Markdown, HTML or GitHub. */
  private static final String SPECIAL = "\\`*_{}[]<>()#+!|&~@:$^=\"'";

  private static final String WORDS = "|---";
  private static final String NUMBERS = "|---:";
  private static final int MOST_CHARS = 200;
  private static final double NANOS = 1e9;

  private final StringBuilder text = new StringBuilder();

  private MarkdownSummary() {}

  static String of(Tally tally, Rest rest, @Nullable HostTallies hosts, @Nullable Changes changes) {
    MarkdownSummary summary = new MarkdownSummary();
    summary
        .text
        .append("### fetch: ")
        .append(tally.ok())
        .append(" of ")
        .append(Quantity.of(tally.urls(), "URL"))
        .append(" ok\n");
    summary.totals(tally, rest);
    if (!tally.failures().isEmpty()) {
      summary.table(
          WORDS,
          List.of("error", "URLs"),
          tally.failures().entrySet().stream()
              .map(failure -> List.of(escaped(failure.getKey()), failure.getValue().toString()))
              .toList());
    }
    if (changes != null) {
      summary.changes(changes);
    }
    if (hosts != null) {
      summary.hosts(hosts);
    }
    return summary.text.toString();
  }

  private void totals(Tally tally, Rest rest) {
    List<String> headings = new ArrayList<>(List.of("URLs", "ok", "failed"));
    List<String> row = new ArrayList<>(List.of("" + tally.urls(), "" + tally.ok()));
    row.add("" + tally.failed());
    switch (rest) {
      case Rest.None _ -> {}
      case Rest.Known(long entries) -> {
        headings.add("not reached");
        row.add("" + entries);
      }
      case Rest.AtLeast(long entries) -> {
        headings.add("not reached");
        row.add("at least " + entries);
      }
    }
    double seconds = tally.elapsedNanos() / NANOS;
    headings.addAll(List.of("retries", "size", "elapsed", "URLs/s", "p50", "p95", "p99"));
    row.addAll(
        List.of(
            "" + tally.retries(),
            QuantityFormat.size(tally.bytes()),
            String.format(Locale.ROOT, "%.2f s", seconds),
            QuantityFormat.rate(seconds == 0 ? 0 : tally.urls() / seconds),
            QuantityFormat.duration(tally.times().p50()),
            QuantityFormat.duration(tally.times().p95()),
            QuantityFormat.duration(tally.times().p99())));
    table(NUMBERS, headings, List.of(row));
  }

  private void changes(Changes changes) {
    List<List<String>> rows = new ArrayList<>();
    for (Change change : Change.values()) {
      rows.add(List.of(change.label(), "" + changes.count(change)));
    }
    Vanished vanished = changes.vanished();
    if (vanished != null) {
      rows.add(List.of("vanished", "" + vanished.count()));
    }
    table(WORDS, List.of("change", "URLs"), rows);
    if (vanished != null && !vanished.some().isEmpty()) {
      text.append('\n');
      vanished.some().forEach(name -> text.append("- ").append(escaped(name)).append('\n'));
    }
  }

  /** The hosts with failures, the worst first; if there are none, those with the most URLs. */
  private void hosts(HostTallies hosts) {
    List<HostTally> shown = hosts.worst().isEmpty() ? hosts.top() : hosts.worst();
    if (shown.isEmpty()) {
      return;
    }
    table(
        WORDS,
        HostTable.HEADINGS,
        shown.stream()
            .map(HostTable::row)
            .map(row -> row.stream().map(MarkdownSummary::escaped).toList())
            .toList());
    if (!hosts.exact()) {
      text.append("\nCounts marked + may be too low: there are too many hosts to count exactly.\n");
    }
  }

  /** Appends a table. The first column is aligned to the left, the others have numbers. */
  private void table(String first, List<String> headings, List<List<String>> rows) {
    text.append('\n');
    row(headings);
    text.append(first)
        .append(String.join("", Collections.nCopies(headings.size() - 1, NUMBERS)))
        .append("|\n");
    rows.forEach(this::row);
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Writes special characters as character references, which are literal everywhere. */
  static String escaped(String name) {
    String printable =
        ControlCharacters.escaped(
            name.length() > MOST_CHARS ? name.substring(0, MOST_CHARS) + "…" : name);
    StringBuilder out = new StringBuilder(printable.length());
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      if (SPECIAL.indexOf(c) >= 0) {
        out.append("&#").append((int) c).append(';');
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
