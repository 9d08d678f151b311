package fetch.input;

import org.jspecify.annotations.Nullable;

/**
 * Knows which entries earlier runs have completed, and whether the list is still the same. Must be
 * called with every entry, in order. For one thread.
 */
public interface CompletedEntries {
  /** For a first run. */
  CompletedEntries NOTHING =
      new CompletedEntries() {
        @Override
        public boolean has(long urlnum, ListedEntry entry) {
          return false;
        }
      };

  /** Whether an entry is completed. */
  boolean has(long urlnum, ListedEntry entry) throws ListChangedException;

  /**
   * The outcome of the completed entry that {@link #has} was last called with. Null if its record
   * does not say, or for a duplicate, which sent no request.
   */
  default @Nullable RecordedOutcome outcome() {
    return null;
  }

  /** Called for each entry that this run still has to fetch. */
  default void isNew(long urlnum) throws ListChangedException {}

  /**
   * Whether the list is known to be unchanged up to the last entry. Entries since the last call
   * that returned true may not be fetched before.
   */
  default boolean agrees() {
    return true;
  }

  /**
   * Called when there are no more entries.
   *
   * @param limited whether there may be more entries
   */
  default void atEnd(long entries, boolean limited) throws ListChangedException {}
}
