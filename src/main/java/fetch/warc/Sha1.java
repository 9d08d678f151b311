package fetch.warc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.WarcDigest;

/** The digest that readers of archives know best; nobody's safety hangs on it. */
final class Sha1 {
  /** Of no bytes. */
  private static final String NOTHING = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";

  private Sha1() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** The digest of a body, by its text; null when there is none, or nothing in the body. */
  static byte @Nullable [] ofPayload(@Nullable String text) {
    String digits = text == null ? NOTHING : text.substring(text.indexOf(':') + 1);
    return digits.equals(NOTHING) ? null : new WarcDigest("sha1", digits).bytes();
  }

  static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** As it stands in the header of a record. */
  static String text(byte[] digest) {
    return new WarcDigest("sha1", digest).prefixedBase32();
  }
}
