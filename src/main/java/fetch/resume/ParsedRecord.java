package fetch.resume;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What is read of a record. Filled again and again, so that millions cost no memory. */
final class ParsedRecord {
  /** That of FNV-1a with 64 bits. */
  private static final long PRIME = 0x100_0000_01B3L;

  /** Stands before each part but the first, and is no byte. */
  private static final int NEXT_PART = 0x100;

  private final CRC32 crc = new CRC32();
  private final CRC32C other = new CRC32C();
  private byte[] decoded = new byte[256];
  private int size;
  private int parts;
  private long rest;
  private @Nullable List<String> texts;
  long urlnum;
  boolean ok;

  /** Forgets the record before. */
  void clear() {
    urlnum = -1;
    ok = true;
    size = 0;
    parts = 0;
    rest = 0;
    crc.reset();
    other.reset();
    if (texts != null) {
      texts.clear();
    }
  }

  /** Keeps the parts of the entry as text from now on, which takes time and memory. */
  void keepTexts() {
    texts = texts == null ? new ArrayList<>() : texts;
  }

  /** A part of the entry stands in these bytes just as it is. */
  void take(byte[] bytes, int from, int to) {
    if (parts++ == 0) {
      crc.update(bytes, from, to - from);
      other.update(bytes, from, to - from);
    } else {
      rest = (rest ^ NEXT_PART) * PRIME;
      for (int i = from; i < to; i++) {
        rest = (rest ^ (bytes[i] & 0xff)) * PRIME;
      }
    }
    if (texts != null) {
      texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  /** A part of the entry has to be put together. */
  void begin() {
    size = 0;
  }

  void add(int b) {
    if (size == decoded.length) {
      decoded = Arrays.copyOf(decoded, 2 * size);
    }
    decoded[size++] = (byte) b;
  }

  /** Adds a character as UTF-8. */
  void addCharacter(int codePoint) {
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      add(b);
    }
  }

  void end() {
    take(decoded, 0, size);
  }

  /** The parts of the entry, in the order of their columns. */
  List<String> texts() {
    return texts == null ? List.of() : List.copyOf(texts);
  }

  /**
   * A hash of the parts, by which the entry is known again: of the first, which is long, two
   * checksums of 32 bits that the processor has instructions for; of the others, one of 64 bits.
   */
  long fingerprint() {
    return (crc.getValue() << 32 | other.getValue()) ^ rest;
  }
}
