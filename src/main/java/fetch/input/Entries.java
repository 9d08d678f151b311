package fetch.input;

import fetch.Entry;
import fetch.FetchRequest;
import java.util.List;
import java.util.function.BiConsumer;

/** The entries of a run, in order. For one thread. */
public interface Entries extends AutoCloseable {
  /**
   * The next entries, as many as are available; none at the end. Blocks until there is at least
   * one.
   */
  List<Entry> next();

  /** Skips the next entries and returns how many; 0 at the end. */
  long skip();

  /**
   * Makes {@link #next} pass the requests that earlier runs have sent to a consumer, each with its
   * outcome.
   */
  default void passCompleted(BiConsumer<FetchRequest, RecordedOutcome> takesCompleted) {}

  /** Whether the remaining entries can be counted in reasonable time. */
  boolean countable();

  @Override
  void close();
}
