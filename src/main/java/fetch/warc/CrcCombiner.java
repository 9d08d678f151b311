package fetch.warc;

/** Combines the CRC-32s of two byte sequences into that of both (zlib's crc32_combine). */
final class CrcCombiner {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int ONE = 1 << 31;

  private CrcCombiner() {}

  /**
   * @param length of the second sequence
   */
  static int combine(int first, int second, long length) {
    return product(powerOfX(length), first) ^ second;
  }

  /** x to the power of this number of bytes, modulo the polynomial. */
  private static int powerOfX(long bytes) {
    int power = ONE;
    int square = ONE >>> 8;
    for (long left = bytes; left != 0; left >>>= 1) {
      power = (left & 1) == 0 ? power : product(square, power);
      square = product(square, square);
    }
    return power;
  }

  private static int product(int a, int b) {
    int sum = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      sum ^= (a & bit) == 0 ? 0 : shifted;
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ POLYNOMIAL;
    }
    return sum;
  }
}
