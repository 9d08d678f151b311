package fetch.input;

import fetch.Entry;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * Passes entries from a reader to the run until either ends, then counts the remaining ones if
 * possible. Runs on its own thread, because reading a pipe may block forever while results must be
 * written.
 */
public final class Feed implements Runnable {
  private final Entries reader;
  private final ToIntFunction<List<Entry>> run;
  private final Runnable atEnd;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong unread = new AtomicLong();
  private volatile boolean exhausted;

  /**
   * @param run takes entries, blocking while it has enough; returns how many it took
   * @param atEnd called when there are no more
   */
  public Feed(Entries reader, ToIntFunction<List<Entry>> run, Runnable atEnd) {
    this.reader = reader;
    this.run = run;
    this.atEnd = atEnd;
  }

  @Override
  public void run() {
    for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      int wanted = run.applyAsInt(batch);
      taken.addAndGet(wanted);
      if (wanted < batch.size()) {
        unread.addAndGet(batch.size() - wanted);
        if (!reader.countable()) {
          return;
        }
        countRest();
      }
    }
    exhausted = true;
    reader.close();
    atEnd.run();
  }

  /** Counts without parsing: a list may be long, and the stopped run waits. */
  private void countRest() {
    for (long skipped = reader.skip(); skipped > 0; skipped = reader.skip()) {
      unread.addAndGet(skipped);
    }
  }

  /** The number of entries, once all have been read. */
  public OptionalLong total() {
    return exhausted ? OptionalLong.of(taken.get() + unread.get()) : OptionalLong.empty();
  }

  /** The number of entries that were read but not fetched. */
  public long unread() {
    return unread.get();
  }

  /** Whether the whole input was read, so that {@link #unread} is complete. */
  public boolean exhausted() {
    return exhausted;
  }
}
