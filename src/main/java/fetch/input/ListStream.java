package fetch.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Opens the bytes of a list: decompresses gzip (RFC 1952), recognized by its first bytes. */
public final class ListStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  private ListStream() {}

  /** Opens a list in UTF-8; closes the given stream if that fails. */
  public static InputStream open(InputStream raw) throws IOException {
    try {
      return utf8(decompressed(raw));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Decompresses a list if it is compressed. */
  static BufferedInputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
    int start = start(in);
    return GzipMembers.isMagic(start >> 8, start & 0xff)
        ? new BufferedInputStream(new GzipMembers(in), BUFFER_BYTES)
        : in;
  }

  /** The first two bytes as a number, negative if there are fewer. Consumes nothing. */
  private static int start(BufferedInputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = first < 0 ? -1 : in.read();
    in.reset();
    return second < 0 ? -1 : first << 8 | second;
  }

  /**
   * Rejects other encodings than UTF-8. Waits for the first bytes only, as the rest may come later.
   */
  static InputStream utf8(BufferedInputStream in) throws IOException {
    byte[] sample = new byte[WideText.SAMPLE_BYTES];
    in.mark(sample.length);
    int length = in.read(sample);
    in.reset();
    String charset = length < 0 ? null : WideText.charset(Arrays.copyOf(sample, length));
    if (charset != null) {
      throw new IOException(
          "the list is "
              + charset.substring(0, "UTF-16".length())
              + "; convert it to UTF-8: iconv -f "
              + charset
              + " -t UTF-8");
    }
    return in;
  }
}
