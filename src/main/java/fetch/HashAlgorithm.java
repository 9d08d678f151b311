package fetch;

import java.util.Locale;

/** What bodies are hashed with, by the names that records have for them. */
public enum HashAlgorithm {
  MD5,
  SHA1,
  SHA256,
  SHA512,
  BLAKE3;

  /** Its name in a record. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
