package fetch.resume;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/**
 * Holds the positions that have a record, and a checksum for each block of them: 13 MB and 3 MB at
 * most for a hundred million entries.
 */
final class RecordedPositions {
  /** The number of positions that share a checksum. */
  static final int BLOCK = 256;

  /** The greatest possible position. */
  static final long GREATEST = 0xffff_ffffL;

  /** For Fibonacci hashing: the same text has another hash at another position. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final RoaringBitmap positions = new RoaringBitmap();
  private long[] sums = new long[BLOCK];
  private long last = -1;
  private boolean ascending = true;

  /** Adds a record; false if its position already has one. */
  boolean add(long urlnum, long fingerprint) {
    if (!positions.checkedAdd((int) urlnum)) {
      return false;
    }
    int block = block(urlnum);
    if (block >= sums.length) {
      sums = Arrays.copyOf(sums, Math.max(block + 1, sums.length + sums.length / 2));
    }
    sums[block] += mix(urlnum, fingerprint);
    ascending &= urlnum > last;
    last = Math.max(last, urlnum);
    return true;
  }

  /** Compresses the set, once it is complete. */
  void pack() {
    positions.runOptimize();
    positions.trim();
  }

  static int block(long urlnum) {
    return (int) (urlnum / BLOCK);
  }

  static long mix(long urlnum, long fingerprint) {
    long mixed = (fingerprint ^ urlnum) * SPREAD;
    return mixed ^ mixed >>> 32;
  }

  boolean has(long urlnum) {
    return urlnum <= last && positions.contains((int) urlnum);
  }

  long sum(int block) {
    return sums[block];
  }

  /** The last position; -1 if there is none. */
  long last() {
    return last;
  }

  /** Whether the records were added in ascending order. */
  boolean ascending() {
    return ascending;
  }

  long count() {
    return positions.getLongCardinality();
  }
}
