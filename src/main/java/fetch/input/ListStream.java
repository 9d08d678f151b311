package fetch.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Opens the bytes of a list: decompresses gzip (RFC 1952), known by its first bytes. */
final class ListStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private ListStream() {}

  /** Opens a list; the stream given is closed when that fails. */
  static InputStream open(InputStream raw) throws IOException {
    try {
      BufferedInputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
      int start = start(in);
      if (!GzipMembers.isMagic(start >> 8, start & 0xff)) {
        return utf8(in, start);
      }
      BufferedInputStream text = new BufferedInputStream(new GzipMembers(in), BUFFER_BYTES);
      return utf8(text, start(text));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The first two bytes, as a number that is negative when there are fewer; none is consumed. */
  private static int start(BufferedInputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = first < 0 ? -1 : in.read();
    in.reset();
    return second < 0 ? -1 : first << 8 | second;
  }

  /** Refuses UTF-16, which begins with a byte order mark or has a zero byte in each character. */
  private static InputStream utf8(BufferedInputStream in, int start) throws IOException {
    String charset =
        switch (start) {
          case 0xfffe, 0xfeff -> "UTF-16";
          default -> start >= 0 && (start >> 8 == 0) != ((start & 0xff) == 0) ? unmarked(in) : null;
        };
    if (charset != null) {
      throw new IOException(
          "the list is UTF-16; convert it to UTF-8: iconv -f " + charset + " -t UTF-8");
    }
    return in;
  }

  /** Which UTF-16 the list is when no mark says it; null when it is none. None is consumed. */
  private static @Nullable String unmarked(BufferedInputStream in) throws IOException {
    in.mark(4);
    byte[] first = in.readNBytes(4);
    in.reset();
    if (first.length < 4) {
      return null;
    }
    boolean littleEndian = first[1] == 0 && first[3] == 0;
    boolean bigEndian = first[0] == 0 && first[2] == 0;
    return littleEndian ? "UTF-16LE" : bigEndian ? "UTF-16BE" : null;
  }
}
