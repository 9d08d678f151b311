package fetch.warc;

import java.time.Instant;

/** Formats dates, and caches the last second. Safe for many threads. */
final class RecordDates {
  /**
   * A second.
   *
   * @param text as in the header of a record
   * @param timestamp as in an index
   */
  record Second(long epochSecond, String text, String timestamp) {
    static Second of(long epochSecond) {
      String text = Instant.ofEpochSecond(epochSecond).toString();
      StringBuilder digits = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        if (Character.isDigit(text.charAt(i))) {
          digits.append(text.charAt(i));
        }
      }
      return new Second(epochSecond, text, digits.toString());
    }
  }

  private volatile Second last = Second.of(0);

  Second of(long epochMillis) {
    Second known = last;
    long wanted = epochMillis / 1000;
    if (known.epochSecond() != wanted) {
      known = Second.of(wanted);
      last = known;
    }
    return known;
  }
}
