package fetch.resume;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** What is read of a record. Filled again and again, so that millions cost no memory. */
final class FoundRecord {
  private final CRC32 crc = new CRC32();
  private final CRC32C other = new CRC32C();
  private byte[] decoded = new byte[256];
  private int size;
  private byte[] input = decoded;
  private int from;
  private int to;
  long urlnum;
  boolean ok;

  /** Forgets the record before. */
  void clear() {
    urlnum = -1;
    ok = true;
    setInput(decoded, 0, 0);
  }

  /** The input stands in these bytes just as it is. */
  void setInput(byte[] bytes, int start, int end) {
    input = bytes;
    from = start;
    to = end;
  }

  /** The input has to be put together. */
  void beginInput() {
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

  void endInput() {
    setInput(decoded, 0, size);
  }

  String input() {
    return new String(input, from, to - from, StandardCharsets.UTF_8);
  }

  /** A hash of the input, by which it is known again. */
  long fingerprint() {
    return fingerprint(input, from, to - from);
  }

  /** The fingerprint that a record of this input would have. */
  long fingerprintOf(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return fingerprint(bytes, 0, bytes.length);
  }

  /** Two checksums of 32 bits, which the processor has instructions for. */
  private long fingerprint(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    other.reset();
    other.update(bytes, offset, length);
    return crc.getValue() << 32 | other.getValue();
  }
}
