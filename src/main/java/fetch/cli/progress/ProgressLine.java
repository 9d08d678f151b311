package fetch.cli.progress;

import fetch.Quantity;
import fetch.Tally;
import fetch.WorkersUsed;
import fetch.output.QuantityFormat;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Formats the progress of a run in one line of ASCII, such as {@code 1234/10000 12% 45s left 191/s
 * 1221 ok 13 failed 16 in flight 1.2 MB/s}. Important figures come first; those that do not fit are
 * omitted. A figure never gets narrower, so that the ones after it keep their place. For one
 * thread.
 */
public final class ProgressLine {
  private static final String GAP = "  ";
  private static final int MOST_PARTS = 8;

  private final Speed speed = new Speed();
  private final int[] widths = new int[MOST_PARTS];

  /**
   * Returns the current line.
   *
   * @param total the number of entries, if known
   * @param inFlight the number of requests in flight
   * @param workers their limit; null if it is fixed
   * @param columns the most characters
   */
  public String update(
      Tally tally, OptionalLong total, int inFlight, @Nullable WorkersUsed workers, int columns) {
    speed.update(tally);
    StringBuilder line = new StringBuilder();
    String[] parts = parts(tally, total, inFlight, workers);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (part.isEmpty()) {
        continue;
      }
      widths[i] = Math.max(widths[i], part.length());
      String gap = line.isEmpty() ? "" : GAP;
      if (line.length() + gap.length() + widths[i] > columns) {
        break;
      }
      line.append(gap).append(" ".repeat(widths[i] - part.length())).append(part);
    }
    return line.toString();
  }

  private String[] parts(
      Tally tally, OptionalLong total, int inFlight, @Nullable WorkersUsed workers) {
    boolean known = total.isPresent() && total.getAsLong() >= tally.urls();
    return new String[] {
      known ? share(tally.urls(), total.getAsLong()) : tally.urls() + " done",
      known ? left(total.getAsLong() - tally.urls()) : "",
      QuantityFormat.rate(speed.urlsPerSecond()) + "/s",
      tally.ok() + " ok",
      tally.failed() + " failed",
      inFlight + (workers == null ? "" : " of " + workers.last()) + " in flight",
      QuantityFormat.size(Math.round(speed.bytesPerSecond())) + "/s",
      tally.retries() == 0 ? "" : Quantity.of(tally.retries(), "retry"),
    };
  }

  /** Below 100% until the end. */
  private static String share(long done, long total) {
    long percent = total == 0 ? 100 : Math.round(Math.floor(100.0 * done / total));
    return done + "/" + total + " " + percent + "%";
  }

  private String left(long urls) {
    OptionalDouble seconds = speed.secondsFor(urls);
    return seconds.isEmpty()
        ? ""
        : QuantityFormat.span(Math.round(Math.ceil(seconds.getAsDouble()))) + " left";
  }
}
