package fetch.http.http2;

import fetch.http.call.FailedTransfer;
import fetch.http.okhttp.HeaderCoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes the header sections in one direction of a connection (RFC 7541). Values stay encoded, so
 * this costs very little. For one thread at a time.
 */
final class SectionDecoder {
  private static final int TABLE_BYTES = 4096;

  /** The most entries that fit, at 32 bytes of overhead each; a power of two. */
  private static final int MOST_ENTRIES = 128;

  private static final int MOST_IN_STRING = 256 * 1024;

  private static final int INDEXED = 0x80;
  private static final int REMEMBERED = 0x40;
  private static final int TABLE_SIZE = 0x20;
  private static final int NOT_REMEMBERED = 0x10;
  private static final int HUFFMAN = 0x80;

  /** The shift of the last byte that a number may have. */
  private static final int MOST_SHIFT = 28;

  private static final class Static {
    static final CodedField[] FIELDS = fields();

    private static CodedField[] fields() {
      CodedField[] fields = new CodedField[HeaderCoding.staticFields()];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = new CodedField(HeaderCoding.staticName(i), HeaderCoding.staticValue(i), false);
      }
      return fields;
    }
  }

  /** The dynamic table, as a ring. */
  private final CodedField[] table = new CodedField[MOST_ENTRIES];

  private int newest;
  private int entries;

  /** A lower bound of the size of the entries, so that none is evicted too early. */
  private int leastSize;

  private byte[] section = {};
  private int at;
  private int end;

  /**
   * Decodes a header section.
   *
   * @throws InvalidFrames if it cannot be decoded; the connection is then unusable
   * @throws FailedTransfer if a string in it is too long
   */
  List<CodedField> decode(byte[] bytes) throws IOException {
    section = bytes;
    at = 0;
    end = bytes.length;
    List<CodedField> fields = new ArrayList<>();
    while (at < end) {
      int first = bytes[at] & 0xff;
      if (first >= INDEXED) {
        fields.add(field(number(INDEXED)));
      } else if (first >= REMEMBERED) {
        CodedField field = literal(REMEMBERED);
        remember(field);
        fields.add(field);
      } else if (first >= TABLE_SIZE) {
        checkTableSize(number(TABLE_SIZE));
      } else {
        fields.add(literal(NOT_REMEMBERED));
      }
    }
    return fields;
  }

  /**
   * Checks the beginning of an incomplete section.
   *
   * @throws FailedTransfer if a string in it is too long to wait for
   */
  void checkSizes(byte[] start) throws IOException {
    CodedField[] tableBefore = table.clone();
    int newestBefore = newest;
    int entriesBefore = entries;
    int sizeBefore = leastSize;
    try {
      decode(start);
    } catch (InvalidFrames e) {
      // the section is incomplete
    } finally {
      System.arraycopy(tableBefore, 0, table, 0, MOST_ENTRIES);
      newest = newestBefore;
      entries = entriesBefore;
      leastSize = sizeBefore;
    }
  }

  private static void checkTableSize(int size) throws InvalidFrames {
    if (size > TABLE_BYTES) {
      throw new InvalidFrames("a header section sets a table size above 4096");
    }
  }

  private CodedField literal(int prefix) throws IOException {
    int index = number(prefix);
    byte[] name = index == 0 ? name() : field(index).name();
    boolean huffman = isHuffman();
    return new CodedField(name, string(), huffman);
  }

  private byte[] name() throws IOException {
    boolean huffman = isHuffman();
    byte[] name = string();
    return huffman ? HeaderCoding.huffmanDecoded(name) : name;
  }

  private boolean isHuffman() {
    return at < end && (section[at] & HUFFMAN) != 0;
  }

  private byte[] string() throws IOException {
    int length = number(HUFFMAN);
    if (length > MOST_IN_STRING) {
      throw FailedTransfer.tooLargeHeaderSection();
    }
    if (length > end - at) {
      throw undecodable();
    }
    byte[] string = Arrays.copyOfRange(section, at, at + length);
    at += length;
    return string;
  }

  /**
   * Reads a number (section 5.1).
   *
   * @param mark the bit before those of the number in its first byte
   */
  private int number(int mark) throws InvalidFrames {
    int most = mark - 1;
    int number = next() & most;
    if (number < most) {
      return number;
    }
    for (int shift = 0; shift <= MOST_SHIFT; shift += Byte.SIZE - 1) {
      int b = next();
      number += (b & Byte.MAX_VALUE) << shift;
      if (b <= Byte.MAX_VALUE && number >= 0) {
        return number;
      }
    }
    throw undecodable();
  }

  private int next() throws InvalidFrames {
    if (at >= end) {
      throw undecodable();
    }
    return section[at++] & 0xff;
  }

  private CodedField field(int index) throws InvalidFrames {
    int dynamic = index - Static.FIELDS.length;
    if (index == 0 || dynamic > entries) {
      throw undecodable();
    }
    return dynamic <= 0
        ? Static.FIELDS[index - 1]
        : table[(newest - dynamic + 1) & (MOST_ENTRIES - 1)];
  }

  private void remember(CodedField field) {
    while (entries > 0
        && (entries == MOST_ENTRIES || leastSize + field.leastSize() > TABLE_BYTES)) {
      leastSize -= table[(newest - entries + 1) & (MOST_ENTRIES - 1)].leastSize();
      entries--;
    }
    if (field.leastSize() <= TABLE_BYTES) {
      newest = (newest + 1) & (MOST_ENTRIES - 1);
      table[newest] = field;
      entries++;
      leastSize += field.leastSize();
    }
  }

  private static InvalidFrames undecodable() {
    return new InvalidFrames("a header section cannot be decoded");
  }
}
