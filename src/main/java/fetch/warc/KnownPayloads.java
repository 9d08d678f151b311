package fetch.warc;

import java.nio.ByteBuffer;

/**
 * Maps the SHA-1 of each archived body to its position in the index: an open hash table of 28 bytes
 * a slot, at least three eighths full. For one thread at a time.
 */
final class KnownPayloads {
  private static final int FIRST_PLACES = 1024;

  private long[] starts = new long[FIRST_PLACES];
  private long[] middles = new long[FIRST_PLACES];
  private int[] ends = new int[FIRST_PLACES];

  /** The position plus one; 0 for an empty slot. */
  private long[] positions = new long[FIRST_PLACES];

  private int size;

  /** The position of a digest; -1 if it is unknown. */
  long find(byte[] digest) {
    ByteBuffer key = ByteBuffer.wrap(digest);
    return positions[place(key.getLong(0), key.getLong(8), key.getInt(16))] - 1;
  }

  /** Adds a digest, unless it is known. */
  void add(byte[] digest, long position) {
    ByteBuffer key = ByteBuffer.wrap(digest);
    if (put(key.getLong(0), key.getLong(8), key.getInt(16), position + 1)) {
      size++;
      if (size > positions.length / 4 * 3) {
        grow();
      }
    }
  }

  private int place(long start, long middle, int end) {
    int mask = positions.length - 1;
    int place = (int) start & mask;
    while (positions[place] != 0
        && (starts[place] != start || middles[place] != middle || ends[place] != end)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private boolean put(long start, long middle, int end, long position) {
    int place = place(start, middle, end);
    if (positions[place] != 0) {
      return false;
    }
    starts[place] = start;
    middles[place] = middle;
    ends[place] = end;
    positions[place] = position;
    return true;
  }

  private void grow() {
    long[] oldStarts = starts;
    long[] oldMiddles = middles;
    int[] oldEnds = ends;
    long[] oldPositions = positions;
    int places = 2 * oldPositions.length;
    starts = new long[places];
    middles = new long[places];
    ends = new int[places];
    positions = new long[places];
    for (int i = 0; i < oldPositions.length; i++) {
      if (oldPositions[i] != 0) {
        put(oldStarts[i], oldMiddles[i], oldEnds[i], oldPositions[i]);
      }
    }
  }
}
