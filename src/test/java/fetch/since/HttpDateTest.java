package fetch.since;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final DateTimeFormatter JDK =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  @Test
  void isThatOfTheStandard() {
    assertThat(HttpDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(784111777);
    assertThat(HttpDate.text(784111777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void isThatOfTheJdkForEverySecond() {
    Random random = new Random(7);
    for (int n = 0; n < 10_000; n++) {
      long seconds = n == 0 ? 0 : n == 1 ? 0xffff_ffffL : Integer.toUnsignedLong(random.nextInt());
      String text = JDK.format(Instant.ofEpochSecond(seconds));
      assertThat(HttpDate.text(seconds)).isEqualTo(text);
      assertThat(HttpDate.seconds(text)).isEqualTo(seconds);
    }
  }

  /** They stay text, for they have to go back as they came. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 06 Xxx 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, +6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Wed, 31 Dec 1969 23:59:59 GMT",
        "Sun, 07 Feb 2106 06:28:16 GMT"
      })
  void isNothingElse(String text) {
    assertThat(HttpDate.seconds(text)).isEqualTo(HttpDate.NONE);
  }
}
