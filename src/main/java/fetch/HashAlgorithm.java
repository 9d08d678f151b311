package fetch;

import java.util.Locale;

/**
 * What bodies are hashed with, by the names that records have for them. Where two have digests of
 * one length, the usual one is first.
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

  /** Its name in a record. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many hexadecimal digits its hashes have. */
  public int digits() {
    return digits;
  }
}
