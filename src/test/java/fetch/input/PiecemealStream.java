package fetch.input;

import java.io.ByteArrayInputStream;

/** Bytes that arrive in pieces: a first one of some size, then others of at most another. */
final class PiecemealStream extends ByteArrayInputStream {
  private final int most;
  private int first;

  PiecemealStream(byte[] bytes, int first, int most) {
    super(bytes);
    this.first = first;
    this.most = most;
  }

  @Override
  public synchronized int read() {
    first--;
    return super.read();
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    int count = super.read(bytes, offset, Math.min(length, first > 0 ? first : most));
    first -= count;
    return count;
  }

  /** Nothing: it says so like a pipe that is empty at the moment. */
  @Override
  public synchronized int available() {
    return 0;
  }
}
