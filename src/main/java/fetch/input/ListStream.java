package fetch.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Opens the bytes of a list: decompresses gzip (RFC 1952), known by its first bytes. */
final class ListStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private ListStream() {}

  /** Opens a list; the stream given is closed when that fails. */
  static InputStream open(InputStream raw) throws IOException {
    try {
      return plain(raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream plain(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
    in.mark(2);
    int first = in.read();
    int second = first < 0 ? -1 : in.read();
    in.reset();
    if (first == 0x1f && second == 0x8b) {
      return new GZIPInputStream(in, BUFFER_BYTES);
    }
    if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
      throw new IOException("the list is UTF-16; convert it to UTF-8");
    }
    return in;
  }
}
