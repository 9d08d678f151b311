package fetch.http.http2;

import fetch.http.okhttp.HeaderCoding;

/** A header field whose value is decoded only when it is needed. Immutable. */
final class CodedField {
  /** The overhead of a table entry beyond its bytes (RFC 7541, section 4.1). */
  private static final int OVERHEAD = 32;

  /** The longest Huffman code, in bits. */
  private static final int LONGEST_CODE = 30;

  private final byte[] name;
  private final byte[] value;
  private final boolean huffman;
  private final boolean ascii;

  /**
   * @param name decoded
   * @param value as received
   * @param huffman whether the value is in Huffman code (RFC 7541, section 5.2)
   */
  CodedField(byte[] name, byte[] value, boolean huffman) {
    this.name = name;
    this.value = value;
    this.huffman = huffman;
    this.ascii = isAscii(value, huffman);
  }

  byte[] name() {
    return name;
  }

  /** Whether the value is certainly ASCII. */
  boolean ascii() {
    return ascii;
  }

  /**
   * Whether a value is ASCII. The codes of bytes from 0x80 begin with 15 ones, so a Huffman-coded
   * one contains a byte of ones.
   */
  private static boolean isAscii(byte[] value, boolean huffman) {
    for (byte b : value) {
      if (huffman ? b == -1 : b < 0) {
        return false;
      }
    }
    return true;
  }

  byte[] decodedValue() {
    return huffman ? HeaderCoding.huffmanDecoded(value) : value;
  }

  /** The least size of its table entry (RFC 7541, section 4.1). */
  int leastSize() {
    int length = huffman ? value.length * Byte.SIZE / LONGEST_CODE : value.length;
    return OVERHEAD + name.length + length;
  }
}
