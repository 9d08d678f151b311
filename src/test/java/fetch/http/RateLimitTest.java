package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
  /** Fri, 31 Dec 1999 23:00:00 GMT. */
  private static final long NOW = 946_681_200_000L;

  private static long millis(String fields) {
    Headers.Builder headers = new Headers.Builder();
    for (String field : fields.split(" / ", -1)) {
      headers.add(field);
    }
    assertThat(RateLimit.isIn(headers.build())).isTrue();
    return RateLimit.millis(headers.build(), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RateLimit: \"default\";r=0;t=30                                          | 30000",
        "RateLimit: \"default\";r=1;t=30                                          | 0",
        "RateLimit: default;t=30;r=0                                              | 30000",
        "RateLimit: \"a, b\";r=9;t=9, \"c\";r=0;t=3                               | 3000",
        "RateLimit: \"a\";r=0;t=1 / RateLimit: \"b\";r=0;t=60                     | 60000",
        "RateLimit: \"a\";r=0 / RateLimit-Policy: \"b\";q=1;w=9, \"a\";q=9;w=60   | 60000",
        "RateLimit: \"a\";r=0                                                     | 0",
        "RateLimit: limit=100, remaining=0, reset=5                               | 5000",
        "RateLimit: limit=100, remaining=10, reset=5                              | 0",
        "RateLimit-Limit: 10 / RateLimit-Remaining: 0 / RateLimit-Reset: 7        | 7000",
        "RateLimit-Limit: 10 / RateLimit-Remaining: 10 / RateLimit-Reset: 7       | 0",
        "ratelimit-remaining: 0 / ratelimit-reset: 7                              | 7000",
        "X-RateLimit-Remaining: 0 / X-RateLimit-Reset: 7                          | 7000",
        "X-RateLimit-Remaining: 0 / X-RateLimit-Reset: 946681210                  | 10000",
        "X-RateLimit-Remaining: 0 / X-RateLimit-Reset: 946681210000               | 10000",
        "X-Rate-Limit-Remaining: 0 / X-Rate-Limit-Reset: 3                        | 3000",
        "X-RateLimit-Remaining: 0.0 / X-RateLimit-Reset: 1.5                      | 1500",
        "X-RateLimit-Remaining: 0                                                 | 0",
        "X-RateLimit-Reset: 7                                                     | 0",
        "X-RateLimit-Remaining: none / X-RateLimit-Reset: 7                       | 0",
        "X-RateLimit-Remaining: 0 / X-RateLimit-Reset: soon                       | 0",
        "X-RateLimit-Remaining: 0 / X-RateLimit-Reset: -7                         | 0",
        "X-RateLimit-Remaining: 0 / X-RateLimit-Reset: 99999999999999999999       | 0",
        "RateLimit: \";;;,,=\"r=0                                                 | 0"
      })
  void isReadInEveryForm(String fields, long millis) {
    assertThat(millis(fields.strip())).isEqualTo(millis);
  }

  @Test
  void takesAnEpochByTheClockOfTheServer() {
    assertThat(
            millis(
                "Date: Fri, 31 Dec 1999 22:00:00 GMT / X-RateLimit-Remaining: 0"
                    + " / X-RateLimit-Reset: 946677601"))
        .isEqualTo(1000);
  }

  @Test
  void isFoundInNoOtherFields() {
    assertThat(RateLimit.isIn(Headers.of("X-Powered-By", "a", "Retry-After", "1", "Ra", "b")))
        .isFalse();
  }

  @Test
  void holdsTheHostBackAfterAnyStatusUnlessRetryAfterDoes() {
    Response.Builder response =
        new Response.Builder()
            .request(new Request.Builder().url("http://a.example/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("")
            .header("RateLimit", "\"default\";r=0;t=30");
    assertThat(RetryAfter.of(response.build(), NOW)).extracting("millis").isEqualTo(30_000L);

    response.code(429).header("Retry-After", "5");
    assertThat(RetryAfter.of(response.build(), NOW)).extracting("millis").isEqualTo(5_000L);
  }
}
