package fetch.input;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails after 50 MiB, the limit of a decompressed sitemap (sitemaps.org). */
final class SitemapBytes extends FilterInputStream {
  private static final int MOST = 50 << 20;

  private int left = MOST;

  private SitemapBytes(InputStream in) {
    super(in);
  }

  /** The stream of a list: bounded if another list names it, as the user did not choose it. */
  static BufferedInputStream of(BufferedInputStream in, Source source) {
    return source.isNamedByList() ? new BufferedInputStream(new SitemapBytes(in)) : in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, Math.min(length, left + 1));
    left -= Math.max(n, 0);
    if (left < 0) {
      throw new IOException("more than 50 MiB, the most that a sitemap may have (sitemaps.org)");
    }
    return n;
  }
}
