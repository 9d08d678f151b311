package fetch.resume;

import fetch.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Holds the values read from a record. Reused for each record, so that millions need no allocation.
 */
final class ParsedRecord {
  /** The prime of 64-bit FNV-1a. */
  private static final long PRIME = 0x100_0000_01B3L;

  /** Separates parts; not a byte value. */
  private static final int NEXT_PART = 0x100;

  private static final byte[] HEAD = "HEAD".getBytes(StandardCharsets.US_ASCII);

  private final boolean getForHead;
  private final CRC32 crc = new CRC32();
  private final CRC32C other = new CRC32C();
  private byte[] decoded = new byte[256];
  private int size;
  private int parts;
  private long rest;
  private @Nullable List<String> texts;
  long urlnum;
  boolean ok;

  /** The status code, -1 if the record has none. */
  long status;

  /** curl's number for the failure, -1 if the record has none. */
  long exitcode;

  /** The position of the entry whose request was sent for this one; -1 if it was its own. */
  long duplicateOf;

  private byte[] error = new byte[32];
  private int errorSize;

  /**
   * @param getForHead whether GET counts as HEAD in all parts after the first
   */
  ParsedRecord(boolean getForHead) {
    this.getForHead = getForHead;
  }

  /** Clears the previous record. */
  void clear() {
    urlnum = -1;
    ok = true;
    status = -1;
    exitcode = -1;
    duplicateOf = -1;
    errorSize = 0;
    size = 0;
    parts = 0;
    rest = 0;
    crc.reset();
    other.reset();
    if (texts != null) {
      texts.clear();
    }
  }

  /** Takes the error of a record, which is empty for an entry that is ok. */
  void takeError(byte[] bytes, int from, int to) {
    ok &= from == to;
    errorSize = Math.min(to - from, error.length);
    System.arraycopy(bytes, from, error, 0, errorSize);
  }

  /** The kind of the failure; null if the entry is ok, or for a kind that fetch does not have. */
  @Nullable FailureKind failure() {
    if (errorSize == 0) {
      return null;
    }
    String label = new String(error, 0, errorSize, StandardCharsets.US_ASCII);
    return FailureKind.find(label, exitcode);
  }

  /** Whether the record has the outcome of this entry's own request, which was not stopped. */
  boolean hasOutcome() {
    FailureKind kind = failure();
    boolean stopped = kind == FailureKind.INTERRUPTED || kind == FailureKind.DEADLINE;
    return !stopped && status >= 0 && ok == (kind == null);
  }

  /** Starts keeping the parts as text, which costs time and memory. */
  void keepTexts() {
    texts = texts == null ? new ArrayList<>() : texts;
  }

  /** Adds a part of the entry that needs no decoding. */
  void take(byte[] bytes, int from, int to) {
    if (getForHead && parts > 0 && RecordLayout.is("GET", bytes, from, to)) {
      takeAsIs(HEAD, 0, HEAD.length);
    } else {
      takeAsIs(bytes, from, to);
    }
  }

  private void takeAsIs(byte[] bytes, int from, int to) {
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

  /** Begins a part of the entry that is decoded piece by piece. */
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
   * A hash of the parts, which identifies the entry: two 32-bit checksums of the first part, which
   * is long, because processors have instructions for them; a 64-bit hash of the others.
   */
  long fingerprint() {
    return (crc.getValue() << 32 | other.getValue()) ^ rest;
  }
}
