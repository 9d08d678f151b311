package fetch.body;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes URLs for file names: the first 60 bits of SHA-256. Among a million URLs the chance of a
 * collision is one in two million.
 */
final class UrlHash {
  static final int CHARS = 12;

  /** The alphabet of RFC 4648, section 6, in lower case. */
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private static final int BITS = 5;

  private UrlHash() {}

  static String of(String url) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(url.getBytes(StandardCharsets.UTF_8));
      long bits = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        bits = bits << Byte.SIZE | (hash[i] & 0xff);
      }
      return encode(bits);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encode(long bits) {
    StringBuilder text = new StringBuilder(CHARS);
    for (int i = 1; i <= CHARS; i++) {
      int shift = Long.SIZE - BITS * i;
      text.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
    }
    return text.toString();
  }

  /** Whether a part of a name looks like a hash. */
  static boolean isHash(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (ALPHABET.indexOf(name.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
