package fetch.http;

import static fetch.http.Http2Frames.DATA;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.END_STREAM;
import static fetch.http.Http2Frames.HEADERS;
import static fetch.http.Http2Frames.field;
import static fetch.http.Http2Frames.frame;
import static fetch.http.Http2Frames.headersOnly;
import static fetch.http.Http2Frames.join;
import static fetch.http.Http2Frames.repeat;
import static fetch.http.Http2Frames.response;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What responses over HTTP/2 mean, frame by frame: RFC 9113, section 8. */
@Timeout(60)
class Http2ResponsesTest {
  private static Exchanges exchanges() {
    return Exchanges.byDefault()
        .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
        .maxTime(Duration.ofSeconds(10));
  }

  private static byte[] status(String value) {
    return field(":status", value);
  }

  private static RawServer replying(Http2Frames.Reply reply) throws IOException {
    return RawServer.start(connection -> Http2Frames.serve(connection, reply));
  }

  /** The second request has the same connection, and another response. */
  private static void assertEndsWithTheHeaderSection(String status, Http2Frames.Reply reply)
      throws IOException {
    try (RawServer server =
            replying((stream, connection) -> {
              if (stream == 3) {
                reply.to(stream, connection);
              } else {
                connection.send(response(stream, status("200"), "ok"));
              }
            });
        OkHttpExchange exchange = exchanges().build()) {
      Attempt first = exchange.execute(Exchanges.request(server.url("/1")));
      assertThat(first.outcome()).isEqualTo(new Outcome.Responded(Integer.parseInt(status)));
      assertThat(first.body().downloaded()).isZero();
      Attempt second = exchange.execute(Exchanges.request(server.url("/2")));
      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(second.body().downloaded()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aHostThatOkHttpRefusesInPunycodeResponds() throws IOException {
    try (RawServer server =
        replying((stream, connection) -> connection.send(headersOnly(stream, status("200"))))) {
      Attempt attempt =
          exchanges()
              .resolve("*:" + server.port() + ":127.0.0.1")
              .fetch("http://mün_chen.example:" + server.port() + "/");
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  private static byte[] withLength(String status) {
    return join(status(status), field("content-length", "5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"204", "304"})
  void someStatusesEndWithTheirHeaderSectionWhateverLengthItHas(String status) throws IOException {
    assertEndsWithTheHeaderSection(
        status, (stream, connection) -> connection.send(headersOnly(stream, withLength(status))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"204", "304"})
  void theirBodyIsPassedOverIfThereIsOne(String status) throws IOException {
    assertEndsWithTheHeaderSection(
        status,
        (stream, connection) -> connection.send(response(stream, withLength(status), "hello")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"204", "304"})
  void theirStreamNeedNotEnd(String status) throws IOException {
    assertEndsWithTheHeaderSection(
        status,
        (stream, connection) ->
            connection.send(frame(HEADERS, END_HEADERS, stream, withLength(status))));
  }

  /** Many servers end the stream in a frame of its own, and count the streams that are reset. */
  @Test
  void aStreamThatEndsInAFrameOfItsOwnIsNotReset() throws IOException {
    Queue<Http2Frames.Frame> seen = new ConcurrentLinkedQueue<>();
    Http2Frames.Reply reply =
        (stream, connection) -> {
          connection.send(frame(HEADERS, END_HEADERS, stream, status("204")));
          connection.send(frame(DATA, END_STREAM, stream, Http2Frames.NOTHING));
        };
    try (RawServer server =
            RawServer.start(connection -> Http2Frames.serve(connection, reply, seen::add));
        OkHttpExchange exchange = exchanges().build()) {
      for (int i = 0; i < 20; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(server.url("/")));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(204));
      }
    }
    assertThat(seen)
        .extracting(Http2Frames.Frame::type)
        .contains(HEADERS)
        .doesNotContain(Http2Frames.RST_STREAM);
  }

  @Test
  void aResetContentHasTheBodyThatItsLengthSays() throws IOException {
    try (RawServer server =
        replying((stream, connection) ->
            connection.send(response(stream, withLength("205"), "hello")))) {
      Attempt attempt = exchanges().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(205));
      assertThat(attempt.body().downloaded()).isEqualTo(5);
    }
  }

  private static Outcome.Failed failure(byte[] fields) throws IOException {
    try (RawServer server =
        replying((stream, connection) -> connection.send(response(stream, fields, "hello")))) {
      return exchanges().failure(server.url("/"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "-12",
        "+20",
        "20",
        "000",
        "001",
        "099",
        "600",
        "999",
        "1000",
        "0200",
        "2000",
        "abc",
        "2 0",
        "200 OK",
        "0x1",
        "20\u0000",
        "101"
      })
  void aStatusOtherThanThreeDigitsIsAProtocolFailure(String status) throws IOException {
    Outcome.Failed failure = failure(status(status));
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failure.message()).doesNotContain("HTTP/1.1", "Exception");
  }

  @Test
  void noStatusIsAProtocolFailure() throws IOException {
    assertThat(failure(field("content-type", "text/plain")).kind()).isEqualTo(FailureKind.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x=a\u0000b",
        "x=a\r\nSet-Cookie: y",
        "x y=a",
        "x\u0000=a",
        ":path=/",
        ":odd=1",
        "X=a",
        "=a",
        "x\u00e9=a"
      })
  void aMalformedFieldIsAProtocolFailure(String field) throws IOException {
    int equals = field.indexOf('=');
    byte[] fields =
        join(status("200"), field(field.substring(0, equals), field.substring(equals + 1)));
    assertThat(failure(fields).kind()).isEqualTo(FailureKind.PROTOCOL);
  }

  /** One stream that goes wrong is no matter to the others on the connection. */
  @Test
  void aMalformedResponseLeavesTheConnectionOpen() throws IOException {
    Http2Frames.Reply reply =
        (stream, connection) ->
            connection.send(response(stream, status(stream == 3 ? "-12" : "200"), "hello"));
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().build()) {
      Attempt first = exchange.execute(Exchanges.request(server.url("/1")));
      assertThat(Exchanges.failed(first).kind()).isEqualTo(FailureKind.PROTOCOL);
      Attempt second = exchange.execute(Exchanges.request(server.url("/2")));
      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void tooManyInterimResponsesLeaveTheConnectionOpen() throws IOException {
    byte[] interim = status("103");
    Http2Frames.Reply reply =
        (stream, connection) -> {
          for (int i = 0; stream == 3 && i < 101; i++) {
            connection.send(frame(HEADERS, END_HEADERS, stream, interim));
          }
          connection.send(response(stream, status("200"), "hello"));
        };
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().build()) {
      Attempt first = exchange.execute(Exchanges.request(server.url("/1")));
      assertThat(Exchanges.failed(first).kind()).isEqualTo(FailureKind.PROTOCOL);
      Attempt second = exchange.execute(Exchanges.request(server.url("/2")));
      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aStreamThatEndsWithAnInterimResponseIsAProtocolFailure() throws IOException {
    try (RawServer server =
        replying((stream, connection) -> connection.send(headersOnly(stream, status("103"))))) {
      Outcome.Failed failure = exchanges().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    }
  }

  @Test
  void trailersArePassedOver() throws IOException {
    try (RawServer server =
        replying((stream, connection) ->
            connection.send(
                join(
                    frame(HEADERS, END_HEADERS, stream, status("200")),
                    frame(DATA, 0, stream, new byte[] {'o', 'k'}),
                    headersOnly(stream, field("x-checksum", "1")))))) {
      Attempt attempt = exchanges().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().downloaded()).isEqualTo(2);
    }
  }

  @Test
  void aBodyThatEndsBeforeItsLengthIsPartial() throws IOException {
    byte[] longer = join(status("200"), field("content-length", "6"));
    assertThat(failure(longer).kind()).isEqualTo(FailureKind.PARTIAL);
  }

  @Test
  void aBodyThatIsLongerThanItsLengthIsAProtocolFailure() throws IOException {
    Outcome.Failed failure = failure(withLengths("4"));
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failure.message()).isEqualTo("the body is longer than its Content-Length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5, 5", "5;5", "05;5"})
  void lengthsThatAgreeAreOne(String values) throws IOException {
    try (RawServer server =
        replying((stream, connection) ->
            connection.send(response(stream, withLengths(values), "hello")))) {
      Attempt attempt = exchanges().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().downloaded()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5;6", "5, 6", "x", "-5", "5,", "5;5, 6"})
  void lengthsInDoubtAreAProtocolFailure(String values) throws IOException {
    Outcome.Failed failure = failure(withLengths(values));
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failure.message()).startsWith("the Content-Length");
  }

  /** As many fields as there are values between semicolons. */
  private static byte[] withLengths(String values) {
    byte[] fields = status("200");
    for (String value : values.split(";", -1)) {
      fields = join(fields, field("content-length", value));
    }
    return fields;
  }

  /** The largest settings there can be, which OkHttp takes for negative. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aVeryLargeSettingIsNotTakenForLessThanNothing(int setting) throws Exception {
    byte[] large =
        ByteBuffer.allocate(6).putShort((short) setting).putInt(Integer.MIN_VALUE).array();
    Http2Frames.Reply reply =
        (stream, connection) -> {
          if (stream == 3) {
            connection.send(frame(Http2Frames.SETTINGS, 0, 0, large));
            connection.send(frame(Http2Frames.PING, 0, 0, new byte[8]));
            Http2Frames.await(Http2Frames.PING, 1, connection);
          }
          connection.send(response(stream, status("200"), "hello"));
        };
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().build()) {
      for (int i = 0; i < 5; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(server.url("/" + i)));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** The replies to its pings fill what the system holds for a server that does not read. */
  @Test
  void aServerThatReadsNothingIsGivenUpInTime() throws IOException {
    byte[] pings = repeat(frame(Http2Frames.PING, 0, 0, new byte[8]), 9000);
    AtomicBoolean responds = new AtomicBoolean(true);
    try (RawServer server =
            RawServer.start(connection -> {
              connection.socket().setReceiveBufferSize(4096);
              Http2Frames.greet(connection);
              if (responds.get()) {
                connection.send(response(3, status("200"), "hello"));
              }
              connection.send(pings);
              new CountDownLatch(1).await();
            });
        OkHttpExchange exchange = exchanges().maxTime(Duration.ofSeconds(1)).build()) {
      Eventually.holds(
          "a request has a response within a second",
          () ->
              exchange.execute(Exchanges.request(server.url("/"))).outcome()
                  instanceof Outcome.Responded);
      responds.set(false);
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String url = server.url("/" + "x".repeat(200_000) + i);
        attempts.add(Exchanges.Way.EXECUTE.start(exchange, Exchanges.request(url)));
      }
      for (CompletableFuture<Attempt> attempt : attempts) {
        assertThat(attempt.orTimeout(20, TimeUnit.SECONDS).join().outcome())
            .isInstanceOf(Outcome.Failed.class);
      }
    }
  }
}
