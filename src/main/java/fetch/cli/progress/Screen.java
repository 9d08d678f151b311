package fetch.cli.progress;

import fetch.Clock;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A terminal whose last line shows progress, while records and messages scroll by above it.
 *
 * <ul>
 *   <li>The line is drawn at most ten times a second.
 *   <li>All other output to the terminal goes through {@link #records} or {@link #messages}, which
 *       clear the line first.
 *   <li>It is not drawn after an unfinished line of other text.
 * </ul>
 *
 * <p>Safe for many threads.
 */
public final class Screen implements AutoCloseable {
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** ECMA-48: return to the left, and erase in line. */
  private static final String LEFT = "\r";

  private static final String ERASE_REST = "\u001b[K";

  private final OutputStream terminal;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private String line = "";
  private boolean shown;
  private long drawn;
  private int waiting;
  private boolean amidLine;
  private boolean closed;

  /**
   * @param terminal written to in whole escape sequences; its exceptions are ignored
   */
  public Screen(OutputStream terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.drawn = clock.nanoTime() - LEAST_NANOS;
  }

  /** Shows a line in place of the one before; delayed if that one was drawn just now. */
  public void show(String text) {
    lock.lock();
    try {
      line = text;
      if (waiting == 0 && nanosUntilDrawing() <= 0) {
        draw();
      }
    } finally {
      lock.unlock();
    }
  }

  private long nanosUntilDrawing() {
    return drawn + LEAST_NANOS - clock.nanoTime();
  }

  private void draw() {
    if (!closed && !amidLine && !line.isEmpty()) {
      print(LEFT + line + ERASE_REST);
      shown = true;
      drawn = clock.nanoTime();
    }
  }

  private void erase() {
    if (shown) {
      shown = false;
      print(LEFT + ERASE_REST);
    }
  }

  private void print(String text) {
    try {
      terminal.write(text.getBytes(StandardCharsets.US_ASCII));
      terminal.flush();
    } catch (IOException e) {
      // The terminal is closed: no progress is needed.
    }
  }

  /**
   * Wraps a stream of records. They appear ten times a second, so that the line is cleared only
   * while they are written.
   */
  public OutputStream records(OutputStream out) {
    return new Above(out) {
      @Override
      void awaitTurn() {
        Screen.this.awaitTurn();
      }

      @Override
      void bringBack() {
        draw();
      }
    };
  }

  /** Wraps a stream of messages. They appear at once, and the line returns later. */
  public OutputStream messages(OutputStream err) {
    return new Above(err);
  }

  private void awaitTurn() {
    waiting++;
    try {
      long left = nanosUntilDrawing();
      while (shown && left > 0) {
        changed.awaitNanos(left);
        left = nanosUntilDrawing();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting--;
    }
  }

  /** Clears the line for good. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      erase();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes above the line. */
  private class Above extends FilterOutputStream {
    Above(OutputStream out) {
      super(out);
    }

    void awaitTurn() {}

    void bringBack() {}

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return;
      }
      lock.lock();
      try {
        awaitTurn();
        boolean wasShown = shown;
        erase();
        changed.signalAll();
        out.write(bytes, offset, length);
        amidLine = bytes[offset + length - 1] != '\n';
        if (wasShown) {
          bringBack();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
