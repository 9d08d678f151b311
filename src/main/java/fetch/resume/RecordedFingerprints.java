package fetch.resume;

import fetch.input.CompletedEntries;
import fetch.input.ListedEntry;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Holds the fingerprints of the entries that have a record, whatever their position. Two equal
 * records complete two entries. Sixteen bytes a record at most.
 */
final class RecordedFingerprints {
  private long[] fingerprints = new long[1024];
  private int count;

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

    Search(EntryFingerprints ofEntries) {
      this.ofEntries = ofEntries;
    }

    @Override
    public boolean has(long urlnum, ListedEntry entry) {
      long fingerprint = ofEntries.of(entry);
      int at = used.nextClearBit(first(fingerprint));
      boolean found = at < count && fingerprints[at] == fingerprint;
      if (found) {
        used.set(at);
      }
      return found;
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
