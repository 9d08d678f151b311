package fetch.http.reception;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okio.Buffer;
import okio.ByteString;

/** Keeps the beginning of a body as text: 500 KiB of it (RFC 9309, section 2.5). */
public final class TextPrefix {
  private static final int MOST_BYTES = 500 * 1024;
  private static final ByteString LITTLE_ENDIAN = ByteString.decodeHex("fffe");
  private static final ByteString BIG_ENDIAN = ByteString.decodeHex("feff");

  private final Buffer bytes = new Buffer();

  void add(byte[] block, int length) {
    bytes.write(block, 0, length);
  }

  /** Whether the limit is reached. */
  boolean isFull() {
    return bytes.size() > MOST_BYTES;
  }

  /** The text, without an incomplete last line: part of a rule could be a different rule. */
  public String text() {
    ByteString wanted = bytes.snapshot((int) Math.min(bytes.size(), MOST_BYTES));
    String text = wanted.string(charset(wanted));
    int whole = 1 + Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return isFull() ? text.substring(0, whole) : text;
  }

  /** UTF-8, unless there is a byte order mark of UTF-16. */
  private static Charset charset(ByteString text) {
    boolean wide = text.startsWith(LITTLE_ENDIAN) || text.startsWith(BIG_ENDIAN);
    return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }
}
