package fetch.since;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Converts dates (IMF-fixdate of RFC 9110, section 5.6.7) to seconds since 1970 and back. */
final class HttpDate {
  /** Not an IMF-fixdate, or beyond an unsigned int. */
  static final long NONE = -1;

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int NAME_CHARS = 3;
  private static final int CHARS = "Sun, 06 Nov 1994 08:49:37 GMT".length();
  private static final long MOST = 0xffff_ffffL;

  private HttpDate() {}

  /** The seconds from which {@link #text} makes exactly this text. */
  static long seconds(String text) {
    if (text.length() != CHARS) {
      return NONE;
    }
    try {
      int month = 1 + MONTHS.indexOf(text.substring(8, 11)) / NAME_CHARS;
      long seconds =
          LocalDateTime.of(
                  number(text, 12, 16),
                  month,
                  number(text, 5, 7),
                  number(text, 17, 19),
                  number(text, 20, 22),
                  number(text, 23, 25))
              .toEpochSecond(ZoneOffset.UTC);
      return seconds >= 0 && seconds <= MOST && text(seconds).equals(text) ? seconds : NONE;
    } catch (DateTimeException | NumberFormatException e) {
      return NONE;
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  static String text(long seconds) {
    LocalDateTime date = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    int day = NAME_CHARS * (date.getDayOfWeek().getValue() - 1);
    int month = NAME_CHARS * (date.getMonthValue() - 1);
    StringBuilder text = new StringBuilder(CHARS);
    text.append(DAYS, day, day + NAME_CHARS).append(',');
    append(' ', date.getDayOfMonth(), text);
    text.append(' ').append(MONTHS, month, month + NAME_CHARS).append(' ').append(date.getYear());
    append(' ', date.getHour(), text);
    append(':', date.getMinute(), text);
    append(':', date.getSecond(), text);
    return text.append(" GMT").toString();
  }

  private static void append(char before, int number, StringBuilder text) {
    text.append(before).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
