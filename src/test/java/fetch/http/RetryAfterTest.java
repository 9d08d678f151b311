package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt.HoldBack;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 10.2.3. */
class RetryAfterTest {
  /** Fri, 31 Dec 1999 23:00:00 GMT. */
  private static final long NOW = 946_681_200_000L;

  private static @Nullable Long millis(int status, String value, @Nullable String date) {
    Response.Builder response =
        new Response.Builder()
            .request(new Request.Builder().url("http://EXAMPLE.org:8080/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(status)
            .message("")
            .header("Retry-After", value);
    if (date != null) {
      response.header("Date", date);
    }
    HoldBack wish = RetryAfter.of(response.build(), NOW);
    if (wish == null) {
      return null;
    }
    assertThat(wish.host()).isEqualTo("example.org");
    return wish.millis();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 300, 301, 302, 303, 307, 308})
  void countsWhereTheStandardGivesItAMeaning(int status) {
    assertThat(millis(status, "120", null)).isEqualTo(120_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 404, 408, 413, 500, 502, 504})
  void countsNowhereElse(int status) {
    assertThat(millis(status, "120", null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    "'  7 ', 7000",
    "007, 7000",
    "999999999999, 999999999999000",
    "99999999999999999999999999, 999999999999000",
  })
  void readsSeconds(String value, long millis) {
    assertThat(millis(503, value, null)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 31 Dec 1999 23:00:59 GMT",
        "Friday, 31-Dec-99 23:00:59 GMT",
        "Fri Dec 31 23:00:59 1999"
      })
  void readsDatesInTheThreeFormatsOfTheStandard(String value) {
    assertThat(millis(429, value, null)).isEqualTo(59_000);
  }

  @Test
  void takesADateByTheClockOfTheServer() {
    assertThat(millis(429, "Fri, 31 Dec 1999 20:00:10 GMT", "Fri, 31 Dec 1999 20:00:00 GMT"))
        .isEqualTo(10_000);
    assertThat(millis(429, "Fri, 31 Dec 1999 23:00:10 GMT", "once upon a time")).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "",
        "-1",
        "+5",
        "1.5",
        "5s",
        "soon",
        "1e9",
        "Fri, 31 Dec 1999 22:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT"
      })
  void asksForNothingWithWhatIsPastOrMeansNothing(String value) {
    assertThat(millis(503, value, null)).isNull();
  }

  @Test
  void survivesTheYear9999() {
    assertThat(millis(503, "Fri, 31 Dec 9999 23:59:59 GMT", null)).isGreaterThan(1L << 40);
  }
}
