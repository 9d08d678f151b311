package fetch.input;

import java.util.OptionalLong;

/** Counts all entries of a list, ahead of the run that also reads it. Runs on its own thread. */
public final class EntryCounter implements Runnable {
  private static final long UNKNOWN = -1;

  private final EntryReader reader;
  private volatile long entries = UNKNOWN;
  private volatile boolean stopped;

  /**
   * @param reader used by nothing else
   */
  public EntryCounter(EntryReader reader) {
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

  /** Stops counting. */
  public void stop() {
    stopped = true;
  }

  /** The number of entries, once known. */
  public OptionalLong entries() {
    return entries == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(entries);
  }
}
