package fetch.output;

import fetch.Quantity;
import fetch.output.HostTallies.HostTally;
import java.util.ArrayList;
import java.util.List;

/** The table of hosts below a summary: names on the left, figures in columns. */
final class HostTable {
  private static final String GAP = "  ";
  static final List<String> HEADINGS =
      List.of("host", "urls", "ok", "failed", "retries", "size", "p50", "p95");
  private static final int FAILED = HEADINGS.indexOf("failed");

  private final List<List<String>> rows = new ArrayList<>();
  private final HostTallies hosts;
  private final TextStyle look;

  HostTable(HostTallies hosts, TextStyle look) {
    this.hosts = hosts;
    this.look = look;
    rows.add(HEADINGS);
    hosts.top().forEach(host -> rows.add(row(host)));
  }

  static List<String> row(HostTally host) {
    return List.of(
        host.host(),
        host.urls() + (host.missed() > 0 ? "+" : ""),
        Long.toString(host.ok()),
        Long.toString(host.failed()),
        Long.toString(host.retries()),
        QuantityFormat.size(host.bytes()),
        QuantityFormat.duration(host.times().p50()),
        QuantityFormat.duration(host.times().p95()));
  }

  /** The lines, each preceded by a line end. */
  String text() {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> append(row, text.append('\n')));
    if (!hosts.exact()) {
      text.append(
          "\n"
              + "and others; + marks counts that may be too low, as there are too many hosts to"
              + " count exactly");
    } else if (hosts.others() > 0) {
      text.append("\nand ").append(Quantity.of(hosts.others(), "other"));
    }
    return text.toString();
  }

  private void append(List<String> row, StringBuilder text) {
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String padding = " ".repeat(width(column) - cell.length());
      if (column == 0) {
        text.append(cell).append(padding);
      } else {
        boolean alarming = column == FAILED && cell.charAt(0) >= '1' && cell.charAt(0) <= '9';
        text.append(GAP).append(padding).append(alarming ? look.paint(Colour.RED, cell) : cell);
      }
    }
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
