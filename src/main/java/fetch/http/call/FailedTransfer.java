package fetch.http.call;

import fetch.FailureKind;
import java.io.IOException;
import java.util.regex.Pattern;

/** A failure that is classified where it arises, on its way through OkHttp. */
public final class FailedTransfer extends IOException {
  private static final long serialVersionUID = 1;

  private static final int MOST_CHARS = 300;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\x{ef80}-\\x{efff}]");

  private final FailureKind kind;

  /**
   * @param message a sentence, which may quote the server: it is shortened and stripped of control
   *     characters here
   */
  public FailedTransfer(FailureKind kind, String message) {
    super(tame(message));
    this.kind = kind;
  }

  /** The failure of a response with more header fields than fetch accepts. */
  public static FailedTransfer tooLargeHeaderSection() {
    return new FailedTransfer(FailureKind.PROTOCOL, "the header section is larger than 256 KiB");
  }

  private static String tame(String message) {
    int end = Math.min(message.length(), MOST_CHARS);
    String start = message.substring(0, end);
    return UNPRINTABLE.matcher(start).replaceAll("?") + (end < message.length() ? "..." : "");
  }

  public FailureKind kind() {
    return kind;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
