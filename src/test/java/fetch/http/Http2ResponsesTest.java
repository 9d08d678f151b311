package fetch.http;

import static fetch.http.Http2Frames.DATA;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.END_STREAM;
import static fetch.http.Http2Frames.HEADERS;
import static fetch.http.Http2Frames.field;
import static fetch.http.Http2Frames.frame;
import static fetch.http.Http2Frames.headersOnly;
import static fetch.http.Http2Frames.join;
import static fetch.http.Http2Frames.response;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Outcome;
import fetch.http.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
      assertThat(first.outcome()).isEqualTo(new Outcome.Answered(Integer.parseInt(status)));
      assertThat(first.sizeDownload()).isZero();
      Attempt second = exchange.execute(Exchanges.request(server.url("/2")));
      assertThat(second.outcome()).isEqualTo(new Outcome.Answered(200));
      assertThat(second.sizeDownload()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(1);
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
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Answered(204));
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
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Answered(205));
      assertThat(attempt.sizeDownload()).isEqualTo(5);
    }
  }
}
