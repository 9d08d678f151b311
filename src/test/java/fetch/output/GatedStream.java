package fetch.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** An output whose reader takes one write at a time, when it is let; it can break for good. */
final class GatedStream extends OutputStream {
  private static final int EVERY_WRITE = 1_000_000;

  private final Semaphore gate = new Semaphore(0);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int writes;
  private int flushes;
  private IOException failure;

  void letOneWriteThrough() {
    gate.release();
  }

  void open() {
    gate.release(EVERY_WRITE);
  }

  /** Makes the write that waits and all later ones fail. */
  void breakWith(IOException reason) {
    synchronized (this) {
      failure = reason;
    }
    open();
  }

  /** Whether a write waits to be let through. */
  boolean waitedFor() {
    return gate.hasQueuedThreads();
  }

  synchronized int writes() {
    return writes;
  }

  synchronized int flushes() {
    return flushes;
  }

  synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] block, int offset, int length) throws IOException {
    gate.acquireUninterruptibly();
    synchronized (this) {
      if (failure != null) {
        throw failure;
      }
      writes++;
      bytes.write(block, offset, length);
    }
  }

  @Override
  public synchronized void flush() {
    flushes++;
  }
}
