package fetch.http.wire;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import fetch.http.okhttp.Connections;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Checks the lines between the chunks of a body (RFC 9112, section 7.1) before OkHttp reads them.
 * OkHttp reads a line of any length into memory, and ignores whatever follows a chunk. For one body
 * and one thread.
 */
final class ChunkLines extends ForwardingSource {
  private static final int MOST_IN_LINE = 4 * 1024;

  /** How many bytes all lines together may have beyond those of usual chunks. */
  private static final int MOST_EXCESS = 16 * 1024;

  private static final int USUAL_LINE = 16;
  private static final int MOST_DIGITS = 15;
  private static final int DISCARD_BYTES = 8 * 1024;
  private static final long DISCARD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Connection connection;
  private final BufferedSource wire;
  private boolean inBody;
  private boolean inTrailers;
  private boolean ended;
  private long left;
  private long excess;

  private ChunkLines(ResponseBody body, Connection connection, BufferedSource wire) {
    super(body.source());
    this.connection = connection;
    this.wire = wire;
  }

  /**
   * Wraps a body so that its lines are checked.
   *
   * @param wire the source of the connection
   */
  static ResponseBody check(ResponseBody body, Connection connection, BufferedSource wire) {
    ChunkLines lines = new ChunkLines(body, connection, wire);
    return ResponseBody.create(Okio.buffer(lines), body.contentType(), body.contentLength());
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (left == 0 && !inTrailers) {
      nextChunk();
    }
    if (inTrailers) {
      return readTrailers(sink);
    }
    long n = super.read(sink, Math.min(byteCount, left));
    left -= Math.max(0, n);
    return n;
  }

  private void nextChunk() throws IOException {
    long start = inBody ? endOfChunk() : 0;
    long end = wire.indexOf((byte) '\n', start, start + MOST_IN_LINE);
    if (end < 0 && wire.getBuffer().size() < start + MOST_IN_LINE) {
      throw new EOFException("unexpected end of stream");
    }
    if (end < 0) {
      throw failure("the size of a chunk is on a line of more than " + MOST_IN_LINE + " bytes");
    }
    left = size(start, end);
    excess = Math.max(0, excess + end - start - USUAL_LINE - 2 * left);
    if (excess > MOST_EXCESS) {
      throw failure("its chunks have more extensions than content");
    }
    inBody = true;
    inTrailers = left == 0;
    if (inTrailers) {
      new HeaderSection(wire).awaitTrailers(end + 1);
    }
  }

  /** The length of the line end after a chunk; OkHttp would accept any bytes up to a line end. */
  private int endOfChunk() throws IOException {
    wire.require(1);
    int length = wire.getBuffer().getByte(0) == '\r' ? 2 : 1;
    wire.require(length);
    if (wire.getBuffer().getByte(length - 1) != '\n') {
      throw failure("a chunk is longer than its size");
    }
    return length;
  }

  private long size(long start, long end) throws FailedTransfer {
    Buffer line = wire.getBuffer();
    long size = 0;
    long at = start;
    for (int digit = digit(line, at); digit >= 0; digit = digit(line, ++at)) {
      if (size >> (4 * (MOST_DIGITS - 1)) != 0) {
        throw failure("a chunk is larger than any file");
      }
      size = size << 4 | digit;
    }
    if (at == start) {
      throw failure("a chunk has no size");
    }
    checkExtensions(at, end, line);
    return size;
  }

  /** Checks the bytes between the size and the end of its line. */
  private static void checkExtensions(long start, long end, Buffer line) throws FailedTransfer {
    long at = start;
    while (line.getByte(at) == ' ' || line.getByte(at) == '\t') {
      at++;
    }
    byte first = line.getByte(at);
    if (first != ';' && first != '\n' && (first != '\r' || at + 1 != end)) {
      throw failure("the size of a chunk is not a hexadecimal number");
    }
    if (line.indexOf((byte) 0, at, end) >= 0) {
      throw failure("the size of a chunk is on a line with a NUL inside");
    }
  }

  private static int digit(Buffer line, long at) {
    return Character.digit((char) (line.getByte(at) & 0xff), 16);
  }

  private long readTrailers(Buffer sink) throws IOException {
    try {
      long n = super.read(sink, 1);
      ended = true;
      return n;
    } catch (EOFException cut) {
      throw FailedTransfer
          .tooLargeHeaderSection(); // the whole section was there, and exceeds OkHttp's limit
    }
  }

  private static FailedTransfer failure(String why) {
    return new FailedTransfer(FailureKind.PROTOCOL, "not HTTP: " + why);
  }

  /**
   * Closes the connection unless the rest is available at once, as OkHttp would read it unchecked.
   */
  @Override
  public void close() throws IOException {
    if (!ended && !endsSoon()) {
      Connections.cancel(connection);
    }
    super.close();
  }

  /** Reads the rest; returns whether it arrived in time. */
  private boolean endsSoon() {
    long now = System.nanoTime();
    boolean limited = timeout().hasDeadline();
    long deadline = limited ? timeout().deadlineNanoTime() : 0;
    long left = limited ? Math.min(deadline - now, DISCARD_NANOS) : DISCARD_NANOS;
    timeout().deadlineNanoTime(now + left);
    try (Buffer rest = new Buffer()) {
      while (read(rest, DISCARD_BYTES) >= 0) {
        rest.clear();
      }
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      if (limited) {
        timeout().deadlineNanoTime(deadline);
      } else {
        timeout().clearDeadline();
      }
    }
  }
}
