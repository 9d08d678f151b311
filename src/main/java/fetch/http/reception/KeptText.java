package fetch.http.reception;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okio.Buffer;
import okio.ByteString;

/** The beginning of a body that is wanted as text: 500 KiB of it (RFC 9309, section 2.5). */
public final class KeptText {
  private static final int MOST_BYTES = 500 * 1024;
  private static final ByteString LITTLE_ENDIAN = ByteString.decodeHex("fffe");
  private static final ByteString BIG_ENDIAN = ByteString.decodeHex("feff");

  private final Buffer bytes = new Buffer();

  void add(byte[] block, int length) {
    bytes.write(block, 0, length);
  }

  /** Whether there are more than are wanted. */
  boolean isFull() {
    return bytes.size() > MOST_BYTES;
  }

  /** The text, without a line that was cut: half a rule would be another rule. */
  public String text() {
    ByteString wanted = bytes.snapshot((int) Math.min(bytes.size(), MOST_BYTES));
    String text = wanted.string(charset(wanted));
    int whole = 1 + Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return isFull() ? text.substring(0, whole) : text;
  }

  /** UTF-8, unless it begins as Windows begins UTF-16. */
  private static Charset charset(ByteString text) {
    boolean wide = text.startsWith(LITTLE_ENDIAN) || text.startsWith(BIG_ENDIAN);
    return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }
}
