package fetch.output;

import fetch.Attempt;
import fetch.BadLine;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * {@code STATUS BYTES SECONDS URL}, separated by single spaces; then the change since an earlier
 * run and the failure, if there are any. On a terminal in columns: {@code 200 1.2 kB 34 ms
 * https://example.org/}.
 */
final class TextFormat implements RecordFormat {
  private static final String NO_STATUS = "---";
  private static final int DECIMALS = 3;
  private static final int SIZE_COLUMNS = "999.9 kB".length();
  private static final int TIME_COLUMNS = "9.99 s".length();

  private final TextStyle look;

  TextFormat(TextStyle look) {
    this.look = look;
  }

  @Override
  public void encode(FetchResult result, ByteBuilder out) {
    appendStatus(result, out);
    out.append(' ');
    if (look.aligned()) {
      appendReadable(result.attempt(), out);
    } else {
      appendExact(result.attempt(), out);
    }
    out.append(' ');
    appendUrl(result, out);
    if (result.change() != null) {
      out.append(' ');
      out.append(result.change().label());
    }
    if (result.failure() != null) {
      out.append(' ');
      out.append(look.paint(Colour.RED, result.failure().kind().label()));
      out.append(": ");
      appendEscaped(result.failure().message(), false, out);
    }
    if (result.scheduling().retries() > 0) {
      out.append(" (" + Quantity.of(result.scheduling().retries(), "retry") + ")");
    }
    out.append('\n');
  }

  private void appendStatus(FetchResult result, ByteBuilder out) {
    int status = result.status();
    if (look.coloured()) {
      String text = status == 0 ? NO_STATUS : Integer.toString(status);
      out.append(Colour.of(result).paint(text));
    } else if (status == 0) {
      out.append(NO_STATUS);
    } else {
      out.append(status);
    }
  }

  private static void appendExact(@Nullable Attempt attempt, ByteBuilder out) {
    out.append(attempt == null ? 0 : attempt.body().delivered());
    out.append(' ');
    out.appendSeconds(attempt == null ? 0 : attempt.timings().total(), DECIMALS);
  }

  private static void appendReadable(@Nullable Attempt attempt, ByteBuilder out) {
    String size = attempt == null ? "-" : QuantityFormat.size(attempt.body().delivered());
    String time = attempt == null ? "-" : QuantityFormat.time(attempt.timings().total());
    out.append(" ".repeat(Math.max(0, SIZE_COLUMNS - size.length())));
    out.append(size);
    out.append(" ".repeat(1 + Math.max(0, TIME_COLUMNS - time.length())));
    out.append(time);
  }

  private static void appendUrl(FetchResult result, ByteBuilder out) {
    switch (result.entry()) {
      case FetchRequest request -> appendEscaped(request.target().url(), true, out);
      case BadLine line -> appendEscaped(line.input(), true, out);
    }
  }

  /** Appends text with its control characters escaped, and spaces too if they would separate. */
  private static void appendEscaped(String text, boolean spacesToo, ByteBuilder out) {
    ControlCharacters.appendEscaped(spacesToo ? text.replace(" ", "%20") : text, out);
  }
}
