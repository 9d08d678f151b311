package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.END_STREAM;
import static fetch.http.Http2Frames.HEADERS;
import static fetch.http.Http2Frames.PING;
import static fetch.http.Http2Frames.frame;
import static fetch.http.Http2Frames.status200;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections of HTTP/2 on which a request ran out of time: are they dead, or just that URL? */
@Timeout(60)
class SilentConnectionsTest {
  private final CountDownLatch over = new CountDownLatch(1);

  private static byte[] answer(int stream) {
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, status200());
  }

  /** Answers the first request on a connection, and then no other. */
  private static void fallSilent(RawServer.Connection connection) throws IOException {
    Http2Frames.greet(connection);
    connection.send(answer(3));
    connection.awaitClose();
  }

  /** Answers all requests but the second, and is heard of all the time. */
  private void skipOne(RawServer.Connection connection) throws IOException, InterruptedException {
    Http2Frames.greet(connection);
    connection.send(answer(3));
    Http2Frames.await(HEADERS, 1, connection);
    while (!over.await(10, TimeUnit.MILLISECONDS)) {
      connection.send(frame(PING, 0, 0, new byte[8]));
    }
    Http2Frames.await(HEADERS, 1, connection);
    connection.send(answer(7));
    connection.awaitClose();
  }

  private static Exchanges impatient() {
    return Exchanges.byDefault()
        .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
        .maxTime(Duration.ofMillis(700));
  }

  private void assertSecondOfThreeTimesOut(RawServer server) {
    try (OkHttpExchange exchange = impatient().build()) {
      assertThat(fetch(exchange, server).outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(failed(fetch(exchange, server)).kind()).isEqualTo(FailureKind.TIMEOUT);
      over.countDown();
      assertThat(fetch(exchange, server).outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  private static Attempt fetch(OkHttpExchange exchange, RawServer server) {
    return exchange.execute(Exchanges.request(server.url("/")));
  }

  @Test
  void areNotUsedAgainWhenNothingCameAnyMore() throws IOException {
    try (RawServer server = RawServer.start(SilentConnectionsTest::fallSilent)) {
      assertSecondOfThreeTimesOut(server);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void areUsedAgainWhenOtherFramesCame() throws IOException {
    try (RawServer server = RawServer.start(this::skipOne)) {
      assertSecondOfThreeTimesOut(server);
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
