package fetch.input;

import fetch.Entry;
import fetch.FetchRequest;
import java.util.List;
import java.util.function.BiConsumer;

/** The entries of a run, in order. For one thread. */
public interface Entries extends AutoCloseable {
  /**
   * The next entries, as many as are at hand; none at the end. Blocks until there is one, but not
   * for a second one.
   */
  List<Entry> next();

  /** Passes over the next entries and returns how many; 0 at the end. */
  long skip();

  /**
   * Passes on, from {@link #next}, the requests that earlier runs have sent, each with how it
   * ended.
   */
  default void passCompleted(BiConsumer<FetchRequest, RecordedOutcome> takesCompleted) {}

  /** Whether all that is left can be counted in reasonable time. */
  boolean countable();

  @Override
  void close();
}
