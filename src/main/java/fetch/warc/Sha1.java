package fetch.warc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.netpreserve.jwarc.WarcDigest;

/** The digest that readers of archives know best; nobody's safety hangs on it. */
final class Sha1 {
  private Sha1() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** As it stands in the header of a record. */
  static String text(byte[] digest) {
    return new WarcDigest("sha1", digest).prefixedBase32();
  }
}
