package fetch.http.reception;

import fetch.FailureKind;
import fetch.Quantity;
import fetch.http.call.FailedTransfer;
import fetch.http.wire.LongBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body to its end, counting it before and after decompression, in constant memory. For one
 * response and one thread.
 */
public final class BodyReader {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int BUFFER_BYTES = 8 * 1024;

  /** The least room for a body; detects one that is longer than announced. */
  private static final int LEAST_BYTES = 1024;

  private final BodyBuffers blocks;
  private final boolean compressed;
  private final long maxFilesize;
  private final BooleanSupplier over;
  private final @Nullable TextPrefix kept;
  private @Nullable BodySinkAdapter delivery;
  private boolean ranged;
  private long beforehand;
  private long downloaded;
  private long delivered;
  private @Nullable IOException networkFailure;

  /**
   * @param blocks lends buffers for long bodies
   * @param compressed whether to decompress
   * @param maxFilesize the most bytes after decompression
   * @param over whether to stop: a few bytes can take long to decompress
   * @param kept receives the beginning of the body, after which reading stops; null to read all of
   *     it
   */
  public BodyReader(
      BodyBuffers blocks,
      boolean compressed,
      long maxFilesize,
      BooleanSupplier over,
      @Nullable TextPrefix kept) {
    this.blocks = blocks;
    this.compressed = compressed;
    this.maxFilesize = maxFilesize;
    this.over = over;
    this.kept = kept;
  }

  /** Whether enough of the body was read, and the rest left unread. */
  public boolean isCut() {
    return kept != null && kept.isFull();
  }

  public long downloaded() {
    return downloaded;
  }

  public long delivered() {
    return delivered;
  }

  /**
   * Reads the body, or fails with the reason why it is incomplete.
   *
   * @param taker receives the body, null to discard it
   * @param before the number of body bytes saved earlier
   */
  public void read(Response response, @Nullable BodySinkAdapter taker, long before)
      throws IOException {
    delivery = taker;
    beforehand = before;
    ranged = PartialContent.isRanged(response);
    FailedTransfer partial = ranged ? PartialContent.objection(response) : null;
    if (partial != null) {
      throw partial;
    }
    ResponseBody body = response.body();
    List<ContentCoding> codings = codings(response);
    if (!codings.isEmpty()) {
      readCoded(body.source(), codings);
    } else {
      checkSize(Math.max(0, body.contentLength()));
      if (body instanceof LongBody longBody) {
        readLong(longBody);
      } else if (delivery != null || kept != null) {
        readBlocks(body.source()::read, blockFor(body));
      } else {
        readPlain(body.source());
      }
    }
    if (!isCut()) {
      checkLength(response);
    }
  }

  private List<ContentCoding> codings(Response response) throws IOException {
    ResponseBody body = response.body();
    boolean some = compressed && (body.contentLength() > 0 || !body.source().exhausted());
    return some ? ContentCoding.of(response.headers("Content-Encoding")) : List.of();
  }

  /** HTTP/2 marks the end of a body, so its declared length is only checked. */
  private void checkLength(Response response) throws FailedTransfer {
    long declared = response.body().contentLength();
    boolean bodiless = response.code() == 204 || response.code() == 304;
    if (declared >= 0 && declared != downloaded && !bodiless) {
      throw new FailedTransfer(
          declared > downloaded ? FailureKind.PARTIAL : FailureKind.PROTOCOL,
          "the body has "
              + Quantity.of(downloaded, "byte")
              + ", but Content-Length is "
              + declared);
    }
    long least = ranged ? PartialContent.length(response) : 0;
    if (downloaded < least) {
      throw new FailedTransfer(
          FailureKind.PARTIAL,
          "the body has " + Quantity.of(downloaded, "byte") + ", but Content-Range has " + least);
    }
  }

  private void readPlain(BufferedSource body) throws IOException {
    Buffer block = new Buffer();
    for (long n = 0; n >= 0; n = body.read(block, BLOCK_BYTES)) {
      downloaded += n;
      delivered += n;
      checkSize(delivered);
      block.clear();
    }
  }

  /** A block for a body. Most bodies are short, and clearing a larger array would cost time. */
  private static byte[] blockFor(ResponseBody body) {
    long length = body.contentLength();
    return new byte[length < 0 ? BUFFER_BYTES : Math.clamp(length, LEAST_BYTES, BUFFER_BYTES)];
  }

  private void readLong(LongBody body) throws IOException {
    byte[] block = blocks.take();
    try {
      readBlocks(body::read, block);
    } finally {
      blocks.giveBack(block);
    }
  }

  /** Fills a block with the next bytes, as an {@link InputStream} does. */
  private interface Bytes {
    int read(byte[] block) throws IOException;
  }

  private void readBlocks(Bytes body, byte[] block) throws IOException {
    for (int n = 0; n >= 0 && !isCut(); n = body.read(block)) {
      downloaded += n;
      deliver(block, n);
    }
  }

  private void deliver(byte[] block, int length) throws FailedTransfer {
    delivered += length;
    checkSize(delivered);
    if (kept != null) {
      kept.add(block, length);
    }
    if (delivery != null && length > 0) {
      delivery.take(block, length);
    }
  }

  private void readCoded(BufferedSource body, List<ContentCoding> codings) throws IOException {
    Counted counted = new Counted(body);
    try (BufferedSource source = Okio.buffer(counted);
        InputStream decoded = ContentCoding.decode(source.inputStream(), codings, over)) {
      byte[] block = new byte[BUFFER_BYTES];
      for (int n = 0; n >= 0 && !isCut(); n = decoded.read(block)) {
        deliver(block, n);
        checkNotOver();
      }
    } catch (FailedTransfer | InterruptedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw networkFailure != null ? networkFailure : ContentCoding.broken(codings, e);
    }
    if (!isCut()) {
      counted.skipRest();
    }
  }

  private void checkNotOver() throws InterruptedIOException {
    if (over.getAsBoolean()) {
      throw new InterruptedIOException("stopped while decompressing");
    }
  }

  private void checkSize(long size) throws FailedTransfer {
    if (beforehand + size > maxFilesize) {
      throw new FailedTransfer(
          FailureKind.TOO_LARGE, "the body is larger than " + Quantity.of(maxFilesize, "byte"));
    }
  }

  /**
   * Counts bytes from the network, and records when the network fails. Stays open when the decoder
   * is closed, because the remainder must still be read.
   */
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
        networkFailure = e;
        throw e;
      }
    }

    @Override
    public void close() {
      // The caller closes the body.
    }

    void skipRest() throws IOException {
      if (networkFailure != null) {
        throw networkFailure; // the decoder may have ignored the failure if it had all it needed
      }
      Buffer block = new Buffer();
      while (read(block, BLOCK_BYTES) >= 0) {
        block.clear();
      }
    }
  }
}
