package fetch.since;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps input and method of an entry to its earlier result: a flat table, 110 MB for a million
 * entries. Inputs are identified by 128-bit hashes. Filled by one thread, then read by any; {@link
 * #see} is for one thread.
 */
final class EarlierResultTable {
  private static final int CHUNK_BYTES = 1 << 20;

  /** The unit of positions in bytes, so that an int reaches 8 GB. */
  private static final int UNIT = 4;

  private static final int UNITS_OF_CHUNK = CHUNK_BYTES / UNIT;
  private static final int KEY_BYTES = 2 * Long.BYTES;

  /** A record without a method matches any. */
  private static final int ANY_METHOD = 0;

  private final List<byte[]> chunks = new ArrayList<>();
  private final BitSet seen = new BitSet();
  private final EarlierResultCodec packing = new EarlierResultCodec();

  /** Positions of records plus one; 0 for an empty slot. */
  private int[] slots = new int[1 << 12];

  private int count;
  private int used = CHUNK_BYTES;

  /** A 128-bit hash. */
  private record Key(long high, long low) {
    static Key of(String input) {
      try {
        ByteBuffer hash =
            ByteBuffer.wrap(
                MessageDigest.getInstance("MD5").digest(input.getBytes(StandardCharsets.UTF_8)));
        return new Key(hash.getLong(), hash.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has MD5", e);
      }
    }
  }

  /**
   * Adds a record, replacing an earlier one of the same entry.
   *
   * @param method null if unknown
   */
  void put(String input, @Nullable String method, EarlierResult past) {
    if (2 * count >= slots.length) {
      grow();
    }
    Key key = Key.of(input);
    int hash = method == null ? ANY_METHOD : method.hashCode();
    int slot = first(key);
    while (slots[slot] != 0 && !(isOf(key, slot) && methodAt(slot) == hash)) {
      slot = after(slot);
    }
    count += slots[slot] == 0 ? 1 : 0;
    slots[slot] = 1 + store(key, hash, packing.pack(past));
  }

  private int store(Key key, int method, ByteBuffer packed) {
    int length = KEY_BYTES + Integer.BYTES + packed.remaining();
    if (used + length > CHUNK_BYTES) {
      chunks.add(new byte[CHUNK_BYTES]);
      used = 0;
    }
    int position = (chunks.size() - 1) * UNITS_OF_CHUNK + used / UNIT;
    ByteBuffer.wrap(chunks.getLast(), used, length)
        .putLong(key.high)
        .putLong(key.low)
        .putInt(method)
        .put(packed);
    used += (length + UNIT - 1) / UNIT * UNIT;
    return position;
  }

  private void grow() {
    int[] before = slots;
    slots = new int[2 * before.length];
    for (int position : before) {
      if (position != 0) {
        ByteBuffer record = at(position);
        int slot = first(new Key(record.getLong(), record.getLong()));
        while (slots[slot] != 0) {
          slot = after(slot);
        }
        slots[slot] = position;
      }
    }
  }

  private int first(Key key) {
    return (int) key.low & (slots.length - 1);
  }

  private int after(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  /** The record at the position in a slot. */
  private ByteBuffer at(int position) {
    int unit = position - 1;
    int offset = unit % UNITS_OF_CHUNK * UNIT;
    return ByteBuffer.wrap(chunks.get(unit / UNITS_OF_CHUNK), offset, CHUNK_BYTES - offset);
  }

  private boolean isOf(Key key, int slot) {
    ByteBuffer record = at(slots[slot]);
    return record.getLong() == key.high && record.getLong() == key.low;
  }

  private int methodAt(int slot) {
    ByteBuffer record = at(slots[slot]);
    return record.getInt(record.position() + KEY_BYTES);
  }

  /** The earlier result of an entry; null if there is none. */
  @Nullable EarlierResult get(String input, String method) {
    Key key = Key.of(input);
    for (int slot = first(key); slots[slot] != 0; slot = after(slot)) {
      if (isOf(key, slot)) {
        int hash = methodAt(slot);
        if (hash == method.hashCode() || hash == ANY_METHOD) {
          ByteBuffer record = at(slots[slot]);
          return EarlierResultCodec.unpack(
              record.position(record.position() + KEY_BYTES + Integer.BYTES));
        }
      }
    }
    return null;
  }

  /**
   * Notes that the list still has an entry; false if that was noted before, or the entry is
   * unknown.
   */
  boolean see(String input) {
    Key key = Key.of(input);
    boolean news = false;
    for (int slot = first(key); slots[slot] != 0; slot = after(slot)) {
      if (isOf(key, slot) && !seen.get(slot)) {
        seen.set(slot);
        news = true;
      }
    }
    return news;
  }

  /** The number of entries. */
  int count() {
    return count;
  }

  /** The number of entries not seen. */
  int unseen() {
    return count - seen.cardinality();
  }
}
