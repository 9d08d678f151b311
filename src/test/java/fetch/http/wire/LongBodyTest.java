package fetch.http.wire;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Bombs;
import fetch.http.Exchanges;
import fetch.http.Exchanges.Way;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are long enough to be read straight from the socket. */
@Timeout(60)
class LongBodyTest {
  private static final int LENGTH = 1_000_003;

  private static String head(int length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static RawServer serving(int length) throws IOException {
    return RawServer.answering(head(length) + "x".repeat(length));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void leaveTheConnectionToTheNextRequest(Way way) throws Exception {
    try (RawServer server = serving(LENGTH);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 20; i++) {
        CompletableFuture<Attempt> started = way.start(exchange, request(server.url("/" + i)));
        Attempt attempt = started.get(30, TimeUnit.SECONDS);
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.body().downloaded()).isEqualTo(LENGTH);
        assertThat(attempt.body().delivered()).isEqualTo(LENGTH);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1})
  void areWholeAtWhateverLengthTheyBegin(int length) throws IOException {
    try (RawServer server = serving(length)) {
      assertThat(Exchanges.byDefault().fetch(server.url("/")).body().delivered()).isEqualTo(length);
    }
  }

  @Test
  void areNotFollowedByWhatTheNextAnswerWouldBe() throws IOException {
    String answer = head(LENGTH) + "x".repeat(LENGTH) + head(3) + "BAD";
    try (RawServer server = RawServer.answering(answer);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 3; i++) {
        Attempt attempt = exchange.execute(request(server.url("/" + i)));
        assertThat(attempt.body().delivered()).isEqualTo(LENGTH);
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void arePartialWhenTheyEndEarly() throws IOException {
    try (RawServer server = RawServer.answeringOnce(head(LENGTH) + "x".repeat(LENGTH / 2))) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PARTIAL);
      assertThat(attempt.body().downloaded()).isEqualTo(LENGTH / 2);
    }
  }

  @Test
  void areResetWhenTheConnectionIs() throws IOException {
    RawServer.Script reset =
        connection -> {
          connection.readRequest();
          connection.send(head(LENGTH) + "x".repeat(100));
          connection.reset();
        };
    try (RawServer server = RawServer.start(reset)) {
      assertThat(Exchanges.byDefault().failure(server.url("/")).kind())
          .isEqualTo(FailureKind.RESET);
    }
  }

  @Test
  void endInTimeWhenTheyStall() throws IOException {
    RawServer.Script stall =
        connection -> {
          connection.readRequest();
          connection.send(head(LENGTH) + "x".repeat(100_000));
          connection.awaitClose();
        };
    long start = System.nanoTime();
    try (RawServer server = RawServer.start(stall)) {
      Outcome.Failed failure =
          Exchanges.byDefault().maxTime(Duration.ofSeconds(1)).failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void areNotReadWhenTheyAreTooLarge() throws IOException {
    try (RawServer server = serving(LENGTH)) {
      Attempt attempt = Exchanges.byDefault().maxFilesize(LENGTH - 1).fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TOO_LARGE);
      assertThat(attempt.body().downloaded()).isZero();
    }
  }

  @Test
  void ofRedirectsArePassedOver() throws IOException {
    RawServer.Script script =
        connection -> {
          connection.readRequest();
          connection.send(
              "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: "
                  + LENGTH
                  + "\r\n\r\n"
                  + "x".repeat(LENGTH));
          connection.readRequest();
          connection.send(head(3) + "end");
        };
    try (RawServer server = RawServer.start(script)) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().delivered()).isEqualTo(3);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void inACodingAreDecoded() throws IOException {
    byte[] bomb = Bombs.gzip(100_000);
    RawServer.Script script =
        connection -> {
          connection.readRequest();
          connection.send(
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + bomb.length
                  + "\r\n\r\n");
          connection.send(bomb);
        };
    try (RawServer server = RawServer.start(script)) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(attempt.body().delivered()).isGreaterThan(90_000_000);
      assertThat(attempt.body().downloaded()).isEqualTo(bomb.length).isGreaterThan(64 * 1024);
    }
  }
}
