package fetch.input;

import org.jspecify.annotations.Nullable;

/**
 * What runs before this one have done of the list, and whether the list is still the same. Is told
 * every entry, in order. For one thread.
 */
public interface CompletedEntries {
  /** This is the first run. */
  CompletedEntries NOTHING =
      new CompletedEntries() {
        @Override
        public boolean has(long urlnum, ListedEntry entry) {
          return false;
        }
      };

  /** Whether an entry is done. */
  boolean has(long urlnum, ListedEntry entry) throws ListChangedException;

  /**
   * How the entry ended that {@link #has} was just called with and that is done; null if its record
   * does not say, or if it is a duplicate, whose request was another entry's.
   */
  default @Nullable RecordedOutcome outcome() {
    return null;
  }

  /** Called for each entry that this run still has to fetch. */
  default void isNew(long urlnum) throws ListChangedException {}

  /**
   * Whether the list is known to be the same up to the last entry; until it is, no entry since the
   * last such place may be taken up.
   */
  default boolean agrees() {
    return true;
  }

  /**
   * Called when there are no more entries.
   *
   * @param limited whether the list may go on
   */
  default void atEnd(long entries, boolean limited) throws ListChangedException {}
}
