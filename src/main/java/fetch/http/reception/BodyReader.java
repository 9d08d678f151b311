package fetch.http.reception;

import fetch.FailureKind;
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

  /** For bodies that are longer than they are said to be. */
  private static final int LEAST_BYTES = 1024;

  private final Blocks blocks;
  private final boolean compressed;
  private final long maxFilesize;
  private final BooleanSupplier over;
  private final @Nullable KeptText kept;
  private @Nullable Delivery delivery;
  private boolean ranged;
  private long beforehand;
  private long downloaded;
  private long delivered;
  private @Nullable IOException networkFailure;

  /**
   * @param blocks lends what long bodies are read into
   * @param compressed whether to decompress
   * @param maxFilesize the most bytes after decompression
   * @param over whether to stop: a few bytes can take long to decompress
   * @param kept takes the beginning of the body, and then no more is read; null to read all of it
   */
  public BodyReader(
      Blocks blocks,
      boolean compressed,
      long maxFilesize,
      BooleanSupplier over,
      @Nullable KeptText kept) {
    this.blocks = blocks;
    this.compressed = compressed;
    this.maxFilesize = maxFilesize;
    this.over = over;
    this.kept = kept;
  }

  /** Whether there is as much of the body as is wanted; the rest was left unread. */
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
   * Reads the body, or fails with the reason why it is not whole.
   *
   * @param taker where it goes, null for nowhere
   * @param before how many bytes of the body are there already
   */
  public void read(Response response, @Nullable Delivery taker, long before) throws IOException {
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

  /** HTTP/2 marks the end of a body, so that its declared length is a mere claim to be checked. */
  private void checkLength(Response response) throws FailedTransfer {
    long declared = response.body().contentLength();
    boolean bodiless = response.code() == 204 || response.code() == 304;
    if (declared >= 0 && declared != downloaded && !bodiless) {
      throw new FailedTransfer(
          declared > downloaded ? FailureKind.PARTIAL : FailureKind.PROTOCOL,
          "the body has " + downloaded + " bytes, but Content-Length is " + declared);
    }
    long least = ranged ? PartialContent.length(response) : 0;
    if (downloaded < least) {
      throw new FailedTransfer(
          FailureKind.PARTIAL,
          "the body has " + downloaded + " bytes, but Content-Range has " + least);
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

  /** Short bodies are many, and an array is cleared first. */
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
          FailureKind.TOO_LARGE, "the body is larger than " + maxFilesize + " bytes");
    }
  }

  /**
   * Counts what comes from the network, and notes when the network fails. It leaves the body open
   * when the decoder is closed, for its remainder is still to be read.
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
      // The body is closed by whoever opened it.
    }

    void skipRest() throws IOException {
      if (networkFailure != null) {
        throw networkFailure; // a decoder that had all it needed may have passed over it
      }
      Buffer block = new Buffer();
      while (read(block, BLOCK_BYTES) >= 0) {
        block.clear();
      }
    }
  }
}
