package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.HEADERS;
import static fetch.http.Http2Frames.INTERNAL_ERROR;
import static fetch.http.Http2Frames.NO_ERROR;
import static fetch.http.Http2Frames.REFUSED_STREAM;
import static fetch.http.Http2Frames.field;
import static fetch.http.Http2Frames.frame;
import static fetch.http.Http2Frames.goAway;
import static fetch.http.Http2Frames.join;
import static fetch.http.Http2Frames.reset;
import static fetch.http.Http2Frames.response;
import static fetch.http.Http2Frames.status200;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are sent again over HTTP/2 within an attempt: RFC 9113, section 8.7. */
@Timeout(60)
class ResendPolicyTest {
  private static final Outcome OK = new Outcome.Responded(200);

  private final AtomicInteger processed = new AtomicInteger();

  private static Exchanges exchanges() {
    return Exchanges.byDefault().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE);
  }

  private static RawServer replying(Http2Frames.Reply reply) throws IOException {
    return RawServer.start(connection -> Http2Frames.serve(connection, reply));
  }

  private void answer(int stream, RawServer.Connection connection) throws IOException {
    processed.incrementAndGet();
    connection.send(response(stream, status200(), "ok"));
  }

  /** Does something else to the first requests. */
  private Http2Frames.Reply afterwards(int others, Http2Frames.Reply other) {
    AtomicInteger requests = new AtomicInteger();
    return (stream, connection) -> {
      if (requests.incrementAndGet() <= others) {
        other.to(stream, connection);
      } else {
        answer(stream, connection);
      }
    };
  }

  private static void refuse(int stream, RawServer.Connection connection) throws IOException {
    connection.send(reset(stream, REFUSED_STREAM));
  }

  private static void leaveBefore(int stream, RawServer.Connection connection) throws IOException {
    connection.send(goAway(stream - 2, NO_ERROR));
    connection.close();
  }

  /** As the shutdown notice of RFC 9113, section 6.8. */
  private static void giveNotice(int stream, RawServer.Connection connection) throws IOException {
    connection.send(goAway(Integer.MAX_VALUE, NO_ERROR));
    connection.send(goAway(stream - 2, NO_ERROR));
    connection.close();
  }

  @ParameterizedTest
  @CsvSource({"GET, 1", "POST, 1", "DELETE, 2", "GET, 8", "PATCH, 8"})
  void aRefusedRequestIsSentAgainAsOftenAsItTakes(String method, int times) throws IOException {
    try (RawServer server = replying(afterwards(times, ResendPolicyTest::refuse))) {
      assertThat(exchanges().method(method).fetch(server.url("/")).outcome()).isEqualTo(OK);
      assertThat(server.connections()).isEqualTo(1 + times);
    }
    assertThat(processed).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aRequestThatAGoodbyeLeavesOutIsSentAgain(String method) throws IOException {
    for (Http2Frames.Reply goodbye :
        List.<Http2Frames.Reply>of(ResendPolicyTest::leaveBefore, ResendPolicyTest::giveNotice)) {
      processed.set(0);
      try (RawServer server = replying(afterwards(3, goodbye))) {
        assertThat(exchanges().method(method).fetch(server.url("/")).outcome()).isEqualTo(OK);
      }
      assertThat(processed).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void aServerThatRefusesEverythingIsAskedUntilTheTimeIsUp(Exchanges.Way way) throws IOException {
    try (RawServer server = replying(ResendPolicyTest::refuse);
        OkHttpExchange exchange = exchanges().maxTime(Duration.ofMillis(500)).build()) {
      Outcome.Failed failure = failed(way.start(exchange, request(server.url("/"))).join());
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(server.connections()).isBetween(5, 20);
    }
  }

  @Test
  void aPauseBetweenRefusalsEndsWithTheRun() throws Exception {
    CountDownLatch refused = new CountDownLatch(12);
    try (RawServer server =
            replying((stream, connection) -> {
              refused.countDown();
              refuse(stream, connection);
            });
        OkHttpExchange exchange = exchanges().build()) {
      CompletableFuture<Attempt> attempt =
          Exchanges.Way.EXECUTE.start(exchange, request(server.url("/")));
      refused.await();
      exchange.cancelAll(FailureKind.INTERRUPTED);
      assertThat(failed(attempt.join()).kind()).isEqualTo(FailureKind.INTERRUPTED);
    }
  }

  /** The server says which of the three it has acted on, and does not answer that one. */
  @Test
  void onlyTheRequestsThatAGoodbyeLeavesOutAreSentAgain() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    Http2Frames.Reply reply =
        (stream, connection) -> {
          int number = requests.incrementAndGet();
          if (number == 1 || connection.number() > 1) {
            answer(stream, connection);
          } else if (number == 4) {
            connection.send(goAway(5, NO_ERROR));
            connection.close();
          }
        };
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().method("POST").build()) {
      assertThat(exchange.execute(request(server.url("/"))).outcome()).isEqualTo(OK);
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        attempts.add(Exchanges.Way.ENQUEUE.start(exchange, request(server.url("/"))));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (CompletableFuture<Attempt> attempt : attempts) {
        outcomes.add(attempt.join().outcome());
      }
      assertThat(outcomes).filteredOn(OK::equals).hasSize(2);
      assertThat(outcomes)
          .filteredOn(Outcome.Failed.class::isInstance)
          .singleElement()
          .satisfies(outcome ->
              assertThat(((Outcome.Failed) outcome).kind()).isEqualTo(FailureKind.RESET));
    }
  }

  /** On a connection that was used before, too, where a GET over HTTP/1.1 would be sent again. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRequestThatMayHaveBeenActedOnIsAReset(int before) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    Http2Frames.Reply reply =
        (stream, connection) -> {
          if (requests.incrementAndGet() <= before) {
            answer(stream, connection);
          } else {
            connection.close();
          }
        };
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().build()) {
      for (int i = 0; i < before; i++) {
        assertThat(exchange.execute(request(server.url("/"))).outcome()).isEqualTo(OK);
      }
      Outcome.Failed failure = failed(exchange.execute(request(server.url("/"))));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
      assertThat(failure.message()).isEqualTo("the connection broke: the server closed it");
      assertThat(requests).hasValue(before + 1);
    }
  }

  /** Only the code says that nothing was done, not that the stream was reset. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 11, 14, 256})
  void aStreamThatIsResetForAnotherReasonIsNotSentAgain(int code) throws IOException {
    try (RawServer server =
        replying((stream, connection) -> {
          processed.incrementAndGet();
          connection.send(reset(stream, code));
        })) {
      assertThat(exchanges().failure(server.url("/")).kind()).isEqualTo(FailureKind.RESET);
    }
    assertThat(processed).hasValue(1);
  }

  /** An interim response shows that the server has begun. */
  @Test
  void aRequestWithAnInterimResponseIsNotSentAgain() throws IOException {
    try (RawServer server =
        replying((stream, connection) -> {
          processed.incrementAndGet();
          byte[] interim = frame(HEADERS, END_HEADERS, stream, field(":status", "103"));
          connection.send(join(interim, reset(stream, REFUSED_STREAM)));
        })) {
      assertThat(exchanges().failure(server.url("/")).kind()).isEqualTo(FailureKind.RESET);
    }
    assertThat(processed).hasValue(1);
  }

  @Test
  void aRefusalInTheBodyIsAReset() throws IOException {
    try (RawServer server =
        replying((stream, connection) -> {
          processed.incrementAndGet();
          byte[] head = frame(HEADERS, END_HEADERS, stream, status200());
          connection.send(join(head, reset(stream, REFUSED_STREAM)));
        })) {
      Outcome.Failed failure = exchanges().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
    }
    assertThat(processed).hasValue(1);
  }

  /** A connection takes three requests, as of nginx with keepalive_requests 3. */
  @ParameterizedTest
  @CsvSource({"GET, 3", "POST, 3", "GET, 1", "POST, 10"})
  void noRequestIsLostAtAServerThatTakesFewOnAConnection(String method, int most)
      throws IOException {
    int last = 3 + 2 * (most - 1);
    Http2Frames.Reply reply =
        (stream, connection) -> {
          if (stream <= last) {
            answer(stream, connection);
          }
          if (stream == last) {
            connection.send(goAway(last, NO_ERROR));
            connection.close();
          }
        };
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().method(method).build()) {
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        attempts.add(Exchanges.Way.ENQUEUE.start(exchange, request(server.url("/" + i))));
      }
      for (CompletableFuture<Attempt> attempt : attempts) {
        assertThat(attempt.join().outcome()).isEqualTo(OK);
      }
    }
    assertThat(processed).hasValue(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 255, 256, 0x1000000, -1, 0xfabade})
  void aGoodbyeWithAnUnknownCodeLeavesEarlierRequestsAlone(int code) throws IOException {
    try (RawServer server =
        replying((stream, connection) -> {
          connection.send(goAway(stream, code));
          answer(stream, connection);
        })) {
      Attempt attempt = exchanges().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(OK);
      assertThat(attempt.body().downloaded()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 255, 256, 0x1000000, -1, 0x07})
  void aGoodbyeWithAnyCodeSaysWhatWasNotActedOn(int code) throws IOException {
    Http2Frames.Reply goodbye = (stream, connection) -> connection.send(goAway(stream - 2, code));
    try (RawServer server = replying(afterwards(1, goodbye))) {
      assertThat(exchanges().method("POST").fetch(server.url("/")).outcome()).isEqualTo(OK);
    }
    assertThat(processed).hasValue(1);
  }

  @Test
  void aResetWithAnUnknownCodeEndsThatStreamAlone() throws IOException {
    Http2Frames.Reply odd = (stream, connection) -> connection.send(reset(stream, 0x12345678));
    try (RawServer server = replying(afterwards(1, odd));
        OkHttpExchange exchange = exchanges().build()) {
      Outcome.Failed failure = failed(exchange.execute(request(server.url("/"))));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
      assertThat(failure.message()).isEqualTo("the server reset the stream: error code 0x12345678");
      assertThat(exchange.execute(request(server.url("/"))).outcome()).isEqualTo(OK);
    }
  }

  /** RFC 9113, section 4.1: it is to be ignored. Read as a sign, it would make all streams late. */
  @Test
  void theReservedBitOfAGoodbyeMeansNothing() throws IOException {
    try (RawServer server =
        replying((stream, connection) -> {
          processed.incrementAndGet();
          connection.send(goAway(stream | Integer.MIN_VALUE, INTERNAL_ERROR));
          connection.close();
        })) {
      Outcome.Failed failure = exchanges().method("POST").failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
    }
    assertThat(processed).hasValue(1);
  }

  /** Whose frame it was that could not be read is unknown; the others are to be retried. */
  @Test
  void aConnectionThatBreaksItsRulesIsAResetIfItWasOfUseBefore() throws IOException {
    byte[] unknownIndex = {(byte) 0xff, 0x10};
    Http2Frames.Reply reply =
        (stream, connection) ->
            connection.send(response(stream, stream > 3 ? unknownIndex : status200(), "ok"));
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().build()) {
      assertThat(exchange.execute(request(server.url("/"))).outcome()).isEqualTo(OK);
      Outcome.Failed failure = failed(exchange.execute(request(server.url("/"))));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
    }
    try (RawServer server =
        replying((stream, connection) -> connection.send(response(stream, unknownIndex, "ok")))) {
      assertThat(exchanges().failure(server.url("/")).kind()).isEqualTo(FailureKind.PROTOCOL);
    }
  }
}
