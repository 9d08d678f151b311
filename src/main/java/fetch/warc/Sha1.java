package fetch.warc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.WarcDigest;

/**
 * Computes the digests of records: SHA-1, which all archive readers know. Not used for security.
 */
final class Sha1 {
  private static final String PREFIX = "sha1:";

  /** The digest of no bytes. */
  private static final String NOTHING = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";

  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS_OF_DIGIT = 5;

  /** Cloned, never updated: looking up an implementation takes as long as a digest. */
  private static final MessageDigest UNUSED = first();

  private Sha1() {}

  private static MessageDigest first() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  static MessageDigest begin() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return first();
    }
  }

  /** The digest of a body from its text; null if there is none, or the body is empty. */
  static byte @Nullable [] ofPayload(@Nullable String text) {
    String digits = text == null ? NOTHING : text.substring(text.indexOf(':') + 1);
    return digits.equals(NOTHING) ? null : new WarcDigest("sha1", digits).bytes();
  }

  static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** The digest as in the header of a record: in base 32 (RFC 4648). */
  static String text(byte[] digest) {
    StringBuilder text = new StringBuilder(PREFIX.length() + NOTHING.length()).append(PREFIX);
    int bits = 0;
    int count = 0;
    for (byte b : digest) {
      bits = bits << Byte.SIZE | (b & 0xff);
      count += Byte.SIZE;
      while (count >= BITS_OF_DIGIT) {
        count -= BITS_OF_DIGIT;
        text.append(DIGITS.charAt(bits >>> count & 31));
      }
    }
    return text.toString();
  }
}
