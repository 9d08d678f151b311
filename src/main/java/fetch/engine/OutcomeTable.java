package fetch.engine;

import java.util.Arrays;

/**
 * Maps 64-bit hashes to 64-bit values with open addressing: 16 bytes a slot, 17 to 22 bytes a hash
 * in a large table. Each of the 256 segments grows by a quarter on its own, so growing needs little
 * extra memory. For one thread.
 */
final class OutcomeTable {
  /** The value of hashes that are not in the table; no other value is negative. */
  static final long ABSENT = -1;

  private static final int SEGMENT_BITS = 8;
  private static final int FIRST_CAPACITY = 16;
  private static final double MOST_LOAD = 0.9;

  private final Segment[] segments = new Segment[1 << SEGMENT_BITS];

  OutcomeTable() {
    Arrays.setAll(segments, _ -> new Segment());
  }

  long get(long hash) {
    return segment(hash).get(key(hash));
  }

  /** Adds a value, or replaces that of the same hash. */
  void put(long hash, long value) {
    segment(hash).put(key(hash), value);
  }

  /** 0 marks an empty slot. */
  private static long key(long hash) {
    return hash == 0 ? 1 : hash;
  }

  private Segment segment(long hash) {
    return segments[(int) (key(hash) >>> (Long.SIZE - SEGMENT_BITS))];
  }

  private static final class Segment {
    private long[] keys = new long[FIRST_CAPACITY];
    private long[] values = new long[FIRST_CAPACITY];
    private int size;

    long get(long key) {
      int slot = slot(key);
      return keys[slot] == 0 ? ABSENT : values[slot];
    }

    void put(long key, long value) {
      int slot = slot(key);
      if (keys[slot] == 0 && ++size > MOST_LOAD * keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      values[slot] = value;
    }

    /** The slot of the key, or the empty slot where it would go. */
    private int slot(long key) {
      int slot = (int) Math.unsignedMultiplyHigh(key << SEGMENT_BITS, keys.length);
      while (keys[slot] != 0 && keys[slot] != key) {
        slot = slot + 1 == keys.length ? 0 : slot + 1;
      }
      return slot;
    }

    private void grow() {
      long[] oldKeys = keys;
      long[] oldValues = values;
      keys = new long[oldKeys.length + oldKeys.length / 4];
      values = new long[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int slot = slot(oldKeys[i]);
          keys[slot] = oldKeys[i];
          values[slot] = oldValues[i];
        }
      }
    }
  }
}
