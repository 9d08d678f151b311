package fetch.http;

import static fetch.http.Http2Frames.CONTINUATION;
import static fetch.http.Http2Frames.DATA;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.END_STREAM;
import static fetch.http.Http2Frames.GOAWAY;
import static fetch.http.Http2Frames.HEADERS;
import static fetch.http.Http2Frames.NOTHING;
import static fetch.http.Http2Frames.PING;
import static fetch.http.Http2Frames.PUSH_PROMISE;
import static fetch.http.Http2Frames.RST_STREAM;
import static fetch.http.Http2Frames.SETTINGS;
import static fetch.http.Http2Frames.WINDOW_UPDATE;
import static fetch.http.Http2Frames.field;
import static fetch.http.Http2Frames.frame;
import static fetch.http.Http2Frames.join;
import static fetch.http.Http2Frames.response;
import static fetch.http.Http2Frames.status200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record says of frames that break the rules of RFC 9113 and RFC 7541. */
@Timeout(60)
class InvalidFramesTest {
  private static final int PRIORITY = 2;
  private static final int PADDED = 8;
  private static final int PRIORITIZED = 32;
  private static final byte[] ALL_ONES = {-1, -1, -1, -1, -1, -1, -1};

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] headers(byte[] fields) {
    return frame(HEADERS, END_HEADERS | END_STREAM, 3, fields);
  }

  private static byte[] setting(int id, int value) {
    return frame(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) id).putInt(value).array());
  }

  private static Arguments broken(String sentence, byte[]... frames) {
    return arguments(sentence, join(frames));
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        broken("DATA of 16385 bytes, more than 16384", frame(DATA, 0, 3, new byte[16_385])),
        broken(
            "a frame of type 66 of 20000 bytes, more than 16384",
            frame(66, 0, 3, new byte[20_000])),
        broken("PRIORITY of 4 bytes, not 5", frame(PRIORITY, 0, 3, new byte[4])),
        broken("RST_STREAM of 5 bytes, not 4", frame(RST_STREAM, 0, 3, new byte[5])),
        broken("RST_STREAM of 0 bytes, not 4", frame(RST_STREAM, 0, 3, NOTHING)),
        broken("SETTINGS of 7 bytes, not a multiple of 6", frame(SETTINGS, 0, 0, new byte[7])),
        broken(
            "SETTINGS of 6 bytes, not 0 for an acknowledgement",
            frame(SETTINGS, 1, 0, new byte[6])),
        broken("PING of 9 bytes, not 8", frame(PING, 0, 0, new byte[9])),
        broken("GOAWAY of 7 bytes, not at least 8", frame(GOAWAY, 0, 0, new byte[7])),
        broken("WINDOW_UPDATE of 3 bytes, not 4", frame(WINDOW_UPDATE, 0, 3, new byte[3])),
        broken(
            "HEADERS of 4 bytes, not as many as its flags require",
            frame(HEADERS, END_HEADERS | PRIORITIZED, 3, new byte[4])),
        broken(
            "HEADERS of 5 bytes, not as many as its flags require",
            frame(HEADERS, END_HEADERS | PRIORITIZED | PADDED, 3, new byte[5])),
        broken(
            "PUSH_PROMISE of 3 bytes, not as many as its flags require",
            frame(PUSH_PROMISE, END_HEADERS, 3, new byte[3])),
        broken(
            "DATA of 0 bytes, not as many as its flags require", frame(DATA, PADDED, 3, NOTHING)),
        broken(
            "DATA with more padding than its length allows",
            frame(DATA, PADDED, 3, bytes(3, 0, 0))),
        broken(
            "HEADERS with more padding than its length allows",
            frame(HEADERS, END_HEADERS | PADDED, 3, bytes(2, 0x88))),
        broken(
            "HEADERS with more padding than its length allows",
            frame(HEADERS, END_HEADERS | PADDED | PRIORITIZED, 3, bytes(2, 0, 0, 0, 0, 0, 0x88))),
        broken(
            "PUSH_PROMISE with more padding than its length allows",
            frame(PUSH_PROMISE, END_HEADERS | PADDED, 3, bytes(1, 0, 0, 0, 2))));
  }

  static Stream<Arguments> streams() {
    return Stream.of(
        broken("DATA on stream 0", frame(DATA, 0, 0, new byte[1])),
        broken("HEADERS on stream 0", frame(HEADERS, END_HEADERS, 0, status200())),
        broken("PRIORITY on stream 0", frame(PRIORITY, 0, 0, new byte[5])),
        broken("RST_STREAM on stream 0", frame(RST_STREAM, 0, 0, new byte[4])),
        broken("PUSH_PROMISE on stream 0", frame(PUSH_PROMISE, END_HEADERS, 0, new byte[4])),
        broken("SETTINGS on stream 3", frame(SETTINGS, 0, 3, NOTHING)),
        broken("PING on stream 3", frame(PING, 0, 3, new byte[8])),
        broken("GOAWAY on stream 3", frame(GOAWAY, 0, 3, new byte[8])));
  }

  static Stream<Arguments> order() {
    return Stream.of(
        broken(
            "CONTINUATION without a header section to continue",
            frame(CONTINUATION, END_HEADERS, 3, status200())),
        broken(
            "CONTINUATION without a header section to continue",
            frame(HEADERS, END_HEADERS, 3, status200()),
            frame(CONTINUATION, END_HEADERS, 3, NOTHING)),
        broken(
            "DATA on stream 3 inside the header section of 3",
            frame(HEADERS, 0, 3, status200()),
            frame(DATA, 0, 3, NOTHING)),
        broken(
            "CONTINUATION on stream 5 inside the header section of 3",
            frame(HEADERS, 0, 3, status200()),
            frame(CONTINUATION, 0, 5, NOTHING)),
        broken(
            "a frame of type 66 on stream 0 inside the header section of 3",
            frame(HEADERS, 0, 3, status200()),
            frame(66, 0, 0, NOTHING)));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        broken("WINDOW_UPDATE with an increment of 0", frame(WINDOW_UPDATE, 0, 0, new byte[4])),
        broken("WINDOW_UPDATE with an increment of 0", frame(WINDOW_UPDATE, 0, 3, new byte[4])),
        broken(
            "WINDOW_UPDATE with an increment of 0",
            frame(WINDOW_UPDATE, 0, 3, bytes(0x80, 0, 0, 0))),
        broken("SETTINGS_ENABLE_PUSH of 2", setting(2, 2)),
        broken("SETTINGS_INITIAL_WINDOW_SIZE of 2147483648", setting(4, Integer.MIN_VALUE)),
        broken("SETTINGS_MAX_FRAME_SIZE of 16383", setting(5, 16_383)),
        broken("SETTINGS_MAX_FRAME_SIZE of 16777216", setting(5, 1 << 24)),
        broken("SETTINGS_MAX_FRAME_SIZE of 4294967295", setting(5, -1)));
  }

  static Stream<Arguments> compression() {
    return Stream.of(
        broken("a number in a header section is too large", headers(ALL_ONES)),
        broken("a number in a header section is too large", headers(join(bytes(0), ALL_ONES))),
        broken("a header section refers to entry 0 of its table", headers(bytes(0x80))),
        broken("a header section refers to a missing table entry", headers(bytes(0xbe))),
        broken("a header section sets a table size above 4096", headers(bytes(0x3f, 0xe2, 0x1f))),
        broken("a header section ends inside a field", headers(bytes(0x88, 0, 5, 'a'))),
        broken("a header section ends inside a field", headers(bytes(0x88, 0x0f))),
        broken(
            "a header section cannot be decoded",
            headers(join(bytes(0x88, 0, 1, 'a', 0x87), ALL_ONES))),
        broken(
            "the header field name 'X-Odd' has upper-case letters",
            headers(join(status200(), field("X-Odd", "a")))));
  }

  /** What a connection came to on which the server sends these bytes. */
  private static Outcome.Failed failure(byte[] frames) throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          Http2Frames.greet(connection);
          connection.send(frames);
          connection.awaitClose();
        })) {
      return exchanges().failure(server.url("/"));
    }
  }

  private static Exchanges exchanges() {
    return Exchanges.byDefault()
        .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
        .maxTime(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @MethodSource({"lengths", "streams", "order", "values", "compression"})
  void aBrokenRuleIsSaidInTheWordsOfTheStandard(String sentence, byte[] frames) throws IOException {
    Outcome.Failed failure = failure(frames);
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failure.message()).isEqualTo("not valid HTTP/2: " + sentence);
  }

  /** Each byte comes alone. */
  @ParameterizedTest
  @MethodSource({"lengths", "streams", "order", "values", "compression"})
  void aBrokenRuleIsFoundHoweverItsBytesCome(String sentence, byte[] frames) throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          Http2Frames.greet(connection);
          for (int i = 0; i < Math.min(frames.length, 100); i++) {
            connection.send(new byte[] {frames[i]});
          }
          connection.awaitClose();
        })) {
      Outcome.Failed failure = exchanges().failure(server.url("/"));
      assertThat(failure.message()).isEqualTo("not valid HTTP/2: " + sentence);
    }
  }

  @Test
  void anotherProtocolIsNamed() throws IOException {
    assertThat(firstBytes("HTTP/1.1 400 Bad Request\r\n\r\n"))
        .isEqualTo("not valid HTTP/2: the server sent a response of HTTP/1");
    assertThat(firstBytes("\0\0\0\0\0\0\0\0\0"))
        .isEqualTo("not valid HTTP/2: the first frame is not SETTINGS");
  }

  private static String firstBytes(String bytes) throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(bytes);
          connection.awaitClose();
        })) {
      Outcome.Failed failure = exchanges().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
      return failure.message();
    }
  }

  /** An EOS in a Huffman code, for which OkHttp has an exception that it does not catch. */
  @Test
  void noFrameEndsTheRun() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
    try (RawServer server =
        RawServer.start(connection -> {
          Http2Frames.greet(connection);
          connection.send(headers(join(bytes(0x88, 0, 1, 'a', 0x87), ALL_ONES)));
          connection.awaitClose();
          closed.countDown();
        })) {
      exchanges().failure(server.url("/"));
      closed.await();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).isEmpty();
  }

  /** A response that came before is no worse for it. */
  @Test
  void whatCameBeforeABrokenRuleIsRead() throws IOException {
    byte[] broken = frame(WINDOW_UPDATE, 0, 0, new byte[4]);
    try (RawServer server =
        RawServer.start(connection ->
            Http2Frames.serve(
                connection,
                (stream, client) ->
                    client.send(join(response(stream, status200(), "ok"), broken))))) {
      for (int i = 1; i <= 20; i++) {
        Attempt attempt = exchanges().fetch(server.url("/"));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.body().downloaded()).isEqualTo(2);
      }
    }
  }

  /** RFC 9113, section 4.1. */
  @Test
  void flagsWithoutAMeaningAreIgnored() throws IOException {
    byte[] body = {'o', 'k'};
    try (RawServer server =
        RawServer.start(connection -> {
          Http2Frames.greet(connection);
          connection.send(
              join(
                  frame(HEADERS, END_HEADERS | 0xd2, 3, status200()),
                  frame(DATA, 0xf6, 3, body),
                  frame(DATA, END_STREAM | 0xf6, 3, body)));
          connection.awaitClose();
        })) {
      Attempt attempt = exchanges().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().downloaded()).isEqualTo(4);
    }
  }
}
