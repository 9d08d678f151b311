package fetch.http.settings;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import fetch.http.Stall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SpeedLimitTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LONG = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";

  /** 100 bytes in each second, over ten seconds, looked at each second. */
  private final SpeedLimit.Gauge gauge = new SpeedLimit(100, Duration.ofSeconds(10)).gauge();

  /** In which second it is found too slow; 0 for never. */
  private int tooSlowAfter(long... bytesInEachSecond) {
    long received = 0;
    for (int second = 1; second <= bytesInEachSecond.length; second++) {
      received += bytesInEachSecond[second - 1];
      if (gauge.isTooSlow(received)) {
        return second;
      }
    }
    return 0;
  }

  @Test
  void nothingIsTooSlowBeforeTheTimeIsUp() {
    assertThat(tooSlowAfter(0, 0, 0, 0, 0, 0, 0, 0, 0)).isZero();
    assertThat(gauge.isTooSlow(0)).isTrue();
  }

  @Test
  void asFastAsTheLimitIsFastEnough() {
    assertThat(tooSlowAfter(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100)).isZero();
  }

  @Test
  void aByteLessIsTooSlow() {
    assertThat(tooSlowAfter(100, 100, 100, 100, 100, 100, 100, 100, 100, 99)).isEqualTo(10);
  }

  @Test
  void aPauseIsMadeUpForBySpeed() {
    assertThat(tooSlowAfter(0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 0, 0, 0, 0, 0)).isZero();
  }

  @Test
  void whatWasFastOnceMayNotStallForLongerThanTheTime() {
    long gigabyte = 1_000_000_000;
    assertThat(tooSlowAfter(gigabyte, gigabyte, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(12);
  }

  private static Exchanges slow() {
    return Exchanges.byDefault().speedLimit(1000, Duration.ofMillis(500));
  }

  private static void assertTooSlow(Attempt attempt) {
    Outcome.Failed failure = failed(attempt);
    assertThat(failure.message()).isEqualTo("less than 1000 bytes a second for 0.5s");
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(attempt.timings().total())
        .isBetween(Duration.ofMillis(490).toNanos(), Duration.ofSeconds(5).toNanos());
  }

  private static void pause(int millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Stall.class,
      mode = Mode.INCLUDE,
      names = {
        "RESPONSE",
        "HTTP_2_RESPONSE",
        "INTERIM_RESPONSES",
        "HEADERS",
        "BODY",
        "DRIPPING_BODY",
        "DRIPPING_COMPRESSED_BODY"
      })
  void endsWhatCrawls(Stall stall) throws Exception {
    try (Stall.Place place = stall.open()) {
      Exchanges exchanges = place.exchanges().speedLimit(1000, Duration.ofMillis(500));
      assertTooSlow(exchanges.fetch(place.url()));
    }
  }

  /** As curl, which looks at the speed of transfers only. */
  @ParameterizedTest
  @EnumSource(
      value = Stall.class,
      mode = Mode.INCLUDE,
      names = {"LOOKUP", "CONNECT", "HANDSHAKE"})
  void isNotForTheTimeBeforeTheRequest(Stall stall) throws Exception {
    try (Stall.Place place = stall.open()) {
      Attempt attempt =
          place
              .exchanges()
              .speedLimit(1000, Duration.ofMillis(100))
              .connectTimeout(Duration.ofMillis(700))
              .fetch(place.url());
      assertThat(failed(attempt).message()).isEqualTo(stall.pending() + " within 0.7s");
    }
  }

  @Test
  void aStallAfterAFastStartKeepsWhatCame() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(LONG + "x".repeat(100_000));
          connection.awaitClose();
        })) {
      Attempt attempt = slow().fetch(server.url("/"));
      assertTooSlow(attempt);
      assertThat(attempt.body().downloaded()).isEqualTo(100_000);
      assertThat(failed(attempt).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsFastEnoughIsReadToItsEnd() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(LONG);
          for (int i = 0; i < 10; i++) {
            connection.send("x".repeat(100_000));
            pause(100);
          }
        })) {
      assertThat(slow().fetch(server.url("/")).outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  /** A watch that went on would end the calls that follow. */
  @Test
  void theTimeBetweenTwoRequestsDoesNotCount() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        OkHttpExchange exchange = slow().build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(exchange.execute(request(server.url("/"))).outcome())
            .isEqualTo(new Outcome.Responded(200));
        pause(700);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void theTimeLimitComesFirstWhenItIsShorter() throws Exception {
    try (Stall.Place place = Stall.BODY.open()) {
      Exchanges exchanges =
          place.exchanges().speedLimit(1, Duration.ofHours(1)).maxTime(Duration.ofMillis(200));
      assertThat(exchanges.failure(place.url()).message())
          .isEqualTo("the body was incomplete within 0.2s");
    }
  }
}
