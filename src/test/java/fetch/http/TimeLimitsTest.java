package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TimeLimitsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** All at once, so that it takes two seconds and not half a minute. */
  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void twoSecondsAreTwoSecondsWhereverAnAttemptIsHeldUp(Exchanges.Way way) throws Exception {
    Map<Stall, Stall.Place> places = new EnumMap<>(Stall.class);
    Map<Stall, CompletableFuture<Attempt>> attempts = new EnumMap<>(Stall.class);
    List<OkHttpExchange> exchanges = new ArrayList<>();
    for (Stall stall : Stall.values()) {
      places.put(stall, stall.open());
    }
    for (Stall stall : Stall.values()) {
      Stall.Place place = places.get(stall);
      OkHttpExchange exchange = place.exchanges().maxTime(Duration.ofSeconds(2)).build();
      exchanges.add(exchange);
      attempts.put(stall, timed(way, exchange, request(place.url())));
    }
    for (Stall stall : Stall.values()) {
      Attempt attempt = attempts.get(stall).get(10, TimeUnit.SECONDS);
      Outcome.Failed failure = failed(attempt);
      assertThat(failure.kind()).as(stall.name()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.message()).as(stall.name()).isEqualTo(stall.pending() + " within 2s");
      assertThat(attempt.timings().total())
          .as(stall.name())
          .isBetween(Duration.ofMillis(1990).toNanos(), Duration.ofMillis(2500).toNanos());
    }
    exchanges.forEach(OkHttpExchange::close);
    for (Stall.Place place : places.values()) {
      place.close();
    }
  }

  /** The attempt, once it has been handed over within half a second of the limit. */
  private static CompletableFuture<Attempt> timed(
      Exchanges.Way way, Exchange exchange, fetch.FetchRequest request) {
    long start = System.nanoTime();
    return way.start(exchange, request)
        .whenComplete((attempt, bug) ->
            assertThat(System.nanoTime() - start).isLessThan(Duration.ofMillis(2500).toNanos()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Stall.class,
      mode = Mode.INCLUDE,
      names = {"LOOKUP", "CONNECT", "CONNECT_TO_ALL_ADDRESSES", "SOCKS", "TUNNEL", "HANDSHAKE"})
  void theConnectTimeoutIsForEverythingBeforeTheRequest(Stall stall) throws Exception {
    try (Stall.Place place = stall.open()) {
      Attempt attempt = place.exchanges().connectTimeout(Duration.ofMillis(300)).fetch(place.url());
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failed(attempt).message()).isEqualTo(stall.pending() + " within 0.3s");
      assertThat(attempt.timings().total())
          .isBetween(Duration.ofMillis(290).toNanos(), Duration.ofSeconds(2).toNanos());
    }
  }

  @Test
  void theConnectTimeoutIsNotForTheAnswer() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          new CountDownLatch(1).await(600, TimeUnit.MILLISECONDS);
          connection.send(OK);
        })) {
      Attempt attempt =
          Exchanges.byDefault().connectTimeout(Duration.ofMillis(300)).fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.timings().starttransfer()).isGreaterThan(500_000_000);
    }
  }

  @Test
  void theShorterLimitIsTheOneThatIsNamed() throws Exception {
    try (Stall.Place place = Stall.CONNECT.open()) {
      Outcome.Failed failure =
          place
              .exchanges()
              .connectTimeout(Duration.ofSeconds(10))
              .maxTime(Duration.ofMillis(250))
              .failure(place.url());
      assertThat(failure.message()).isEqualTo("no connection within 0.25s");
    }
  }

  @Test
  void redirectsShareOneLimit() throws Exception {
    try (Stall.Place place = Stall.ENDLESS_REDIRECTS.open()) {
      Attempt attempt = place.exchanges().maxTime(Duration.ofSeconds(1)).fetch(place.url());
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(attempt.requests().redirects()).isBetween(1, 5);
      assertThat(attempt.timings().total()).isLessThan(Duration.ofMillis(1500).toNanos());
    }
  }

  @Test
  void aTimeoutInTheBodyKeepsTheStatus() throws Exception {
    try (Stall.Place place = Stall.BODY.open()) {
      Attempt attempt = place.exchanges().maxTime(Duration.ofMillis(300)).fetch(place.url());
      assertThat(failed(attempt).status()).isEqualTo(200);
      assertThat(attempt.body().downloaded()).isEqualTo(5);
    }
  }

  /** What one attempt left unread must not reach another. */
  @Test
  void theConnectionOfAnAttemptThatTimedOutIsNotUsedAgain() throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              if (connection.number() == 1) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
                connection.awaitClose();
              }
              connection.send(OK);
            });
        OkHttpExchange exchange = Exchanges.byDefault().maxTime(Duration.ofMillis(500)).build()) {
      assertThat(failed(exchange.execute(request(server.url("/")))).kind())
          .isEqualTo(FailureKind.TIMEOUT);
      assertThat(exchange.execute(request(server.url("/"))).body().downloaded()).isEqualTo(2);
    }
  }
}
