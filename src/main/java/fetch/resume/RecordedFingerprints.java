package fetch.resume;

import fetch.input.CompletedEntries;
import fetch.input.ListedEntry;
import fetch.input.RecordedOutcome;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the fingerprints of the entries that have a record, whatever their position. Two equal
 * records complete two entries. Sixteen bytes a record at most.
 */
final class RecordedFingerprints {
  private static final long ABSENT = RecordedOutcome.NO_CODE;

  private long[] fingerprints = new long[1024];
  private int count;

  /** Position and code of the outcome of each fingerprint; {@link #ABSENT} if it is not known. */
  private long[] outcomes = {};

  void add(long fingerprint) {
    if (count == fingerprints.length) {
      fingerprints = Arrays.copyOf(fingerprints, count + count / 2);
    }
    fingerprints[count++] = fingerprint;
  }

  /** Sorts the fingerprints, once they are complete. */
  void pack() {
    Arrays.sort(fingerprints, 0, count);
  }

  /** Makes room for outcomes: eight bytes a record. Must be called after {@link #pack}. */
  void keepOutcomes() {
    outcomes = new long[count];
    Arrays.fill(outcomes, ABSENT);
  }

  /** Adds the outcome of an entry. The first of equal entries counts. */
  void add(long fingerprint, RecordedOutcome outcome) {
    int at = first(fingerprint);
    if (outcomes[at] == ABSENT) {
      outcomes[at] = outcome.urlnum() << RecordedOutcome.CODE_BITS | outcome.code();
    }
  }

  int count() {
    return count;
  }

  /** The completed entries, for a list read from its beginning. */
  CompletedEntries earlier(EntryFingerprints fingerprints) {
    return new Search(fingerprints);
  }

  private final class Search implements CompletedEntries {
    private final EntryFingerprints ofEntries;
    private final BitSet used = new BitSet();
    private int found;

    Search(EntryFingerprints ofEntries) {
      this.ofEntries = ofEntries;
    }

    @Override
    public boolean has(long urlnum, ListedEntry entry) {
      long fingerprint = ofEntries.of(entry);
      found = first(fingerprint);
      int at = used.nextClearBit(found);
      boolean has = at < count && fingerprints[at] == fingerprint;
      if (has) {
        used.set(at);
      }
      return has;
    }

    @Override
    public @Nullable RecordedOutcome outcome() {
      long packed = outcomes.length == 0 ? ABSENT : outcomes[found];
      return packed == ABSENT
          ? null
          : RecordedOutcome.of(
              packed >>> RecordedOutcome.CODE_BITS, (int) packed & RecordedOutcome.NO_CODE);
    }
  }

  /** The first position of the fingerprint, or where it would be. */
  private int first(long fingerprint) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fingerprints[middle] < fingerprint) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
