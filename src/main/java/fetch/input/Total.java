package fetch.input;

import java.util.OptionalLong;

/**
 * Counts the entries of a list from its beginning to its end, ahead of the run that reads the list
 * too. Runs on a thread of its own.
 */
public final class Total implements Runnable {
  private static final long UNKNOWN = -1;

  private final EntryReader reader;
  private volatile long entries = UNKNOWN;
  private volatile boolean stopped;

  /**
   * @param reader of its own
   */
  public Total(EntryReader reader) {
    this.reader = reader;
  }

  @Override
  public void run() {
    long counted = 0;
    for (long skipped = reader.skip(); skipped > 0 && !stopped; skipped = reader.skip()) {
      counted += skipped;
    }
    reader.close();
    if (!stopped) {
      entries = counted;
    }
  }

  /** Counts no further. */
  public void stop() {
    stopped = true;
  }

  /** How many there are, once that is known. */
  public OptionalLong entries() {
    return entries == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(entries);
  }
}
