package fetch.http;

import fetch.FailureKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Reads a body to its end, counting it before and after decompression, in constant memory. For one
 * response and one thread.
 */
final class BodyReader {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int DECODED_BYTES = 8 * 1024;

  private final boolean compressed;
  private final long maxFilesize;
  private long downloaded;
  private long delivered;
  private boolean networkFailed;

  /**
   * @param compressed whether to decompress
   * @param maxFilesize the most bytes after decompression
   */
  BodyReader(boolean compressed, long maxFilesize) {
    this.compressed = compressed;
    this.maxFilesize = maxFilesize;
  }

  long downloaded() {
    return downloaded;
  }

  long delivered() {
    return delivered;
  }

  /** Reads the body, or fails with the reason why it is not whole. */
  void read(Response response) throws IOException {
    BufferedSource body = response.body().source();
    List<ContentCoding> codings =
        compressed && !body.exhausted()
            ? ContentCoding.of(response.headers("Content-Encoding"))
            : List.of();
    if (codings.isEmpty()) {
      checkSize(Math.max(0, response.body().contentLength()));
      readPlain(body);
    } else {
      readCoded(body, codings);
    }
  }

  private void readPlain(BufferedSource body) throws IOException {
    Buffer block = new Buffer();
    for (long n = body.read(block, BLOCK_BYTES); n >= 0; n = body.read(block, BLOCK_BYTES)) {
      block.clear();
      downloaded += n;
      delivered += n;
      checkSize(delivered);
    }
  }

  private void readCoded(BufferedSource body, List<ContentCoding> codings) throws IOException {
    BufferedSource counted = Okio.buffer(new Counted(body));
    try (InputStream decoded = decode(new Unclosable(counted.inputStream()), codings)) {
      byte[] block = new byte[DECODED_BYTES];
      for (int n = decoded.read(block); n >= 0; n = decoded.read(block)) {
        delivered += n;
        checkSize(delivered);
      }
    } catch (FailedTransfer e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (networkFailed) {
        throw e;
      }
      throw new FailedTransfer(
          FailureKind.BAD_ENCODING, "the body is not what its Content-Encoding says: " + about(e));
    }
    counted.skip(counted.getBuffer().size());
    while (counted.read(counted.getBuffer(), BLOCK_BYTES) >= 0) {
      counted.getBuffer().clear();
    }
  }

  private static String about(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static InputStream decode(InputStream in, List<ContentCoding> codings)
      throws IOException {
    InputStream decoded = in;
    for (ContentCoding coding : codings.reversed()) {
      decoded = coding.decode(decoded);
    }
    return decoded;
  }

  private void checkSize(long size) throws FailedTransfer {
    if (size > maxFilesize) {
      throw new FailedTransfer(
          FailureKind.TOO_LARGE, "the body is larger than " + maxFilesize + " bytes");
    }
  }

  /** Counts what comes from the network, and notes when the network fails. */
  private final class Counted extends ForwardingSource {
    Counted(BufferedSource body) {
      super(body);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        long n = super.read(sink, byteCount);
        downloaded += Math.max(0, n);
        return n;
      } catch (IOException e) {
        networkFailed = true;
        throw e;
      }
    }
  }

  /** Leaves the body open when the decoder is closed; its remainder is still to be read. */
  private static final class Unclosable extends FilterInputStream {
    Unclosable(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      return in.read(b, off, len);
    }

    @Override
    public void close() {
      // The body is closed by whoever opened it.
    }
  }
}
