package fetch.warc;

import java.util.Locale;

/** Says why an archived body is incomplete (WARC 1.1, section 5.13). */
public enum Truncation {
  LENGTH,
  TIME,
  DISCONNECT,
  UNSPECIFIED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
