package fetch.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The single writer: queues records from many threads and writes them on its own thread, at once
 * after a pause and in blocks while many come. Records never interleave.
 */
final class BlockWriter implements AutoCloseable {
  private static final int MOST_WAITING_BYTES = 1 << 20;
  private static final int BLOCK_BYTES = 64 * 1024;

  /**
   * How long the writer pauses after a block, and how many records end the pause. A killed run
   * loses these records, so they are few. Waking up for every third record cost a tenth of the
   * processor time of a run with small responses.
   */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private static final int RECORDS_WORTH_WAKING = 16;

  private final OutputStream out;
  private final int mostUnwritten;
  private final int worthWaking;
  private final Consumer<IOException> onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition some = lock.newCondition();
  private final Condition enough = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Thread thread;
  private ByteBuilder waiting = new ByteBuilder(BLOCK_BYTES);
  private ByteBuilder written = new ByteBuilder(BLOCK_BYTES);
  private int records;
  private int recordsInBlock;
  private boolean closed;
  private @Nullable IOException failure;

  /** Queues any number of records, within limits of memory. */
  BlockWriter(OutputStream out, Consumer<IOException> onFailure) {
    this(out, Integer.MAX_VALUE, onFailure);
  }

  /**
   * @param mostUnwritten how many records may be lost if the process is killed; further writers
   *     wait
   * @param onFailure called once, when writing fails; later records are dropped
   */
  BlockWriter(OutputStream out, int mostUnwritten, Consumer<IOException> onFailure) {
    this.out = out;
    this.mostUnwritten = mostUnwritten;
    this.worthWaking = Math.clamp(mostUnwritten / 2, 1, RECORDS_WORTH_WAKING);
    this.onFailure = onFailure;
    this.thread = Thread.ofPlatform().daemon().name("writer").start(this::run);
  }

  /** Queues a record, blocking while too much is queued. */
  void write(ByteBuilder bytes) {
    lock.lock();
    try {
      while (isFull() && failure == null) {
        room.awaitUninterruptibly();
      }
      if (failure == null) {
        if (waiting.size() == 0) {
          some.signal();
        }
        waiting.append(bytes);
        records++;
        if (records >= worthWaking) {
          enough.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return waiting.size() > MOST_WAITING_BYTES || records + recordsInBlock >= mostUnwritten;
  }

  private void run() {
    try {
      while (takeBlock()) {
        written.writeTo(out);
        written.clear();
        if (isAllWritten()) {
          out.flush();
        }
        rest();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private boolean takeBlock() {
    lock.lock();
    try {
      while (waiting.size() == 0 && !closed) {
        some.awaitUninterruptibly();
      }
      ByteBuilder block = waiting;
      waiting = written;
      written = block;
      recordsInBlock = records;
      records = 0;
      room.signalAll();
      return block.size() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for more records. */
  private void rest() {
    lock.lock();
    try {
      long left = REST_NANOS;
      while (left > 0 && records < worthWaking && !closed) {
        left = enough.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Marks the block as written; returns whether the queue is empty. */
  private boolean isAllWritten() {
    lock.lock();
    try {
      recordsInBlock = 0;
      if (mostUnwritten < Integer.MAX_VALUE) {
        room.signalAll();
      }
      return waiting.size() == 0;
    } finally {
      lock.unlock();
    }
  }

  private void fail(IOException e) {
    lock.lock();
    try {
      failure = e;
      room.signalAll();
    } finally {
      lock.unlock();
    }
    onFailure.accept(e);
  }

  /** Writes all queued records and ends the thread; the stream stays open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      some.signal();
      enough.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
