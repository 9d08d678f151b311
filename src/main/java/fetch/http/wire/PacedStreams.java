package fetch.http.wire;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows the streams of a socket to its share of the {@link Bandwidth}. Unread bytes stay with the
 * server, whose TCP then slows down. For one thread that reads, one that writes, and any that
 * close.
 */
public final class PacedStreams {
  /** Requests, acknowledgements and closing messages never wait, but are counted. */
  private static final int MOST_UNPACED_BYTES = 1024;

  private final Bandwidth bandwidth;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private boolean closed;

  public PacedStreams(Bandwidth bandwidth) {
    this.bandwidth = bandwidth;
  }

  public InputStream over(InputStream in) {
    return new Input(in);
  }

  public OutputStream over(OutputStream out) {
    return new Output(out);
  }

  /** Ends all waits, including later ones. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      end.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(long nanos) throws IOException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !closed) {
        left = end.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for bandwidth");
    } finally {
      lock.unlock();
    }
  }

  private final class Input extends FilterInputStream {
    Input(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, Math.min(length, bandwidth.turn()));
      if (n > 0) {
        await(bandwidth.charge(n));
      }
      return n;
    }
  }

  private final class Output extends FilterOutputStream {
    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length <= MOST_UNPACED_BYTES) {
        out.write(bytes, offset, length);
        bandwidth.charge(length);
        return;
      }
      int end = offset + length;
      for (int from = offset; from < end; from += bandwidth.turn()) {
        int n = Math.min(bandwidth.turn(), end - from);
        out.write(bytes, from, n);
        await(bandwidth.charge(n));
      }
    }
  }
}
