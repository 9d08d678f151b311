package fetch.output;

import fetch.BadLine;
import fetch.FetchRequest;
import fetch.FetchResult;

/** {@code STATUS BYTES SECONDS URL}, separated by single spaces; then what failed, if it did. */
final class TextFormat implements RecordFormat {
  private static final int DECIMALS = 3;

  @Override
  public void encode(FetchResult result, ByteBuilder out) {
    appendStatus(result.status(), out);
    out.append(' ');
    out.append(result.attempt() == null ? 0 : result.attempt().sizeDelivered());
    out.append(' ');
    out.appendSeconds(result.attempt() == null ? 0 : result.attempt().timings().total(), DECIMALS);
    out.append(' ');
    appendUrl(result, out);
    if (result.failure() != null) {
      out.append(' ');
      out.append(result.failure().kind().label());
      out.append(": ");
      appendEscaped(result.failure().message(), false, out);
    }
    if (result.numRetries() > 0) {
      out.append(" (" + Amounts.retries(result.numRetries()) + ")");
    }
    out.append('\n');
  }

  private static void appendStatus(int status, ByteBuilder out) {
    if (status == 0) {
      out.append("---");
    } else {
      out.append(status);
    }
  }

  private static void appendUrl(FetchResult result, ByteBuilder out) {
    switch (result.entry()) {
      case FetchRequest request -> appendEscaped(request.target().url(), true, out);
      case BadLine line -> appendEscaped(line.input(), true, out);
    }
  }

  /** Appends text with its control characters escaped, and spaces too where they would separate. */
  private static void appendEscaped(String text, boolean spacesToo, ByteBuilder out) {
    if (!Controls.foundIn(text, spacesToo ? " " : "")) {
      out.append(text);
      return;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Controls.isControl(c)) {
        out.append(plain.toString());
        plain.setLength(0);
        Controls.appendEscaped(c, out);
      } else {
        plain.append(spacesToo && c == ' ' ? "%20" : c);
      }
    }
    out.append(plain.toString());
  }
}
