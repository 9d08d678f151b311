package fetch;

import java.util.Locale;

/**
 * The hash algorithms for bodies, by their names in records. Of two with digests of the same
 * length, the more common one is first.
 */
public enum HashAlgorithm {
  MD5(32),
  SHA1(40),
  SHA256(64),
  SHA512(128),
  BLAKE3(64);

  private final int digits;

  HashAlgorithm(int digits) {
    this.digits = digits;
  }

  /** The name in a record. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number of hexadecimal digits of a digest. */
  public int digits() {
    return digits;
  }
}
