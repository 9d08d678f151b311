package fetch.warc;

import java.util.Locale;

/** Why an archived body is not whole (WARC 1.1, section 5.13). */
public enum Truncation {
  LENGTH,
  TIME,
  DISCONNECT,
  UNSPECIFIED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
