package fetch.input;

import fetch.Entry;
import java.util.List;

/** The entries of a run, in order. For one thread. */
public interface Entries extends AutoCloseable {
  /**
   * The next entries, as many as are at hand; none at the end. Blocks until there is one, but not
   * for a second one.
   */
  List<Entry> next();

  /** Passes over the next entries and returns how many; 0 at the end. */
  long skip();

  /** Whether all that is left can be counted in reasonable time. */
  boolean countable();

  @Override
  void close();
}
