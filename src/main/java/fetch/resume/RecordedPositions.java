package fetch.resume;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/**
 * The positions that have a record, and checksums of what was at them: for a hundred million
 * entries at most 13 MB for the one and 3 MB for the other.
 */
final class RecordedPositions {
  /** How many positions share a checksum. */
  static final int BLOCK = 256;

  /** The greatest position that there is room for. */
  static final long GREATEST = 0xffff_ffffL;

  /** Fibonacci hashing: the same text at another position is something else. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final RoaringBitmap positions = new RoaringBitmap();
  private long[] sums = new long[BLOCK];
  private long last = -1;
  private boolean ascending = true;

  /** Adds a record; false when its position has one. */
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

  /** Makes them small, once all are there. */
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

  /** The last of them, -1 when there is none. */
  long last() {
    return last;
  }

  /** Whether each record came after those of all positions before it. */
  boolean ascending() {
    return ascending;
  }

  long count() {
    return positions.getLongCardinality();
  }
}
