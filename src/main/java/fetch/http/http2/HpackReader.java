package fetch.http.http2;

import fetch.http.call.FailedTransfer;
import fetch.http.okhttp.HeaderCoding;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the numbers and strings of header sections (RFC 7541, section 5). For one thread at a time.
 */
final class HpackReader {
  /** The first byte of an indexed field; larger ones, too (section 6.1). */
  static final int INDEXED = 0x80;

  /** The first byte of a literal that enters the dynamic table (section 6.2.1). */
  static final int WITH_INDEXING = 0x40;

  /** The first byte of a new size of the dynamic table (section 6.3). */
  static final int TABLE_SIZE = 0x20;

  /** The mark of an index in a literal that does not enter the table (sections 6.2.2 and 6.2.3). */
  static final int WITHOUT_INDEXING = 0x10;

  private static final int HUFFMAN = 0x80;
  private static final int MOST_IN_STRING = 256 * 1024;

  /** The shift of the last byte that a number may have. */
  private static final int MOST_SHIFT = 28;

  private byte[] section = {};
  private int at;

  /** Starts reading a section. */
  void begin(byte[] bytes) {
    section = bytes;
    at = 0;
  }

  boolean hasMore() {
    return at < section.length;
  }

  /** The position of the next byte. */
  int position() {
    return at;
  }

  /** The next byte, which stays unread; the section must have more. */
  int peek() {
    return section[at] & 0xff;
  }

  /** Whether the next string is in Huffman code. */
  boolean isHuffman() {
    return hasMore() && (section[at] & HUFFMAN) != 0;
  }

  /**
   * Reads a string, which stays in Huffman code if it is.
   *
   * @throws InvalidFrames if the section ends within it
   * @throws FailedTransfer if it is too long
   */
  byte[] string() throws IOException {
    int length = number(HUFFMAN);
    if (length > MOST_IN_STRING) {
      throw FailedTransfer.tooLargeHeaderSection();
    }
    if (length > section.length - at) {
      throw undecodable();
    }
    byte[] string = Arrays.copyOfRange(section, at, at + length);
    at += length;
    return string;
  }

  /** Reads a string, and decodes it if it is in Huffman code. */
  byte[] decodedString() throws IOException {
    boolean huffman = isHuffman();
    byte[] string = string();
    return huffman ? HeaderCoding.huffmanDecoded(string) : string;
  }

  /**
   * Reads a number (section 5.1).
   *
   * @param mark the bit before those of the number in its first byte
   */
  int number(int mark) throws InvalidFrames {
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
    if (!hasMore()) {
      throw undecodable();
    }
    return section[at++] & 0xff;
  }

  static InvalidFrames undecodable() {
    return new InvalidFrames("a header section cannot be decoded");
  }
}
