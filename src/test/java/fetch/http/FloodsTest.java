package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Http2Frames.CONTINUATION;
import static fetch.http.Http2Frames.DATA;
import static fetch.http.Http2Frames.END_HEADERS;
import static fetch.http.Http2Frames.END_STREAM;
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
import static fetch.http.Http2Frames.repeat;
import static fetch.http.Http2Frames.status200;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header sections that never end, and answers that are none yet, over and over. */
@Timeout(60)
class FloodsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String INTERIM = "HTTP/1.1 103 Early Hints\r\n\r\n";
  private static final byte[] OK_2 =
      join(
          frame(HEADERS, END_HEADERS, 3, status200()),
          frame(DATA, END_STREAM, 3, new byte[] {'o', 'k'}));

  /** What the buffers of two sockets hold, and then some. */
  private static final long MOST_SENT = 24_000_000;

  private final AtomicLong sent = new AtomicLong();

  private static byte[] status(int code) {
    return field(":status", Integer.toString(code));
  }

  private static Exchanges priorKnowledge() {
    return Exchanges.byDefault().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE);
  }

  private static Attempt fetch(String answer) throws IOException {
    try (RawServer server = RawServer.answering(answer)) {
      return Exchanges.byDefault().fetch(server.url("/"));
    }
  }

  /** What comes of an answer of these frames. */
  private static Attempt fetch(byte[] frames) throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          Http2Frames.greet(connection);
          connection.send(frames);
          connection.awaitClose();
        })) {
      return priorKnowledge().fetch(server.url("/"));
    }
  }

  /** What comes of these frames and then others without end. */
  private Outcome.Failed flood(byte[] start, byte[] more) throws IOException {
    byte[] block = repeat(more, Math.max(1, 100_000 / more.length));
    try (RawServer server =
        RawServer.start(connection -> {
          Http2Frames.greet(connection);
          connection.send(start);
          while (true) {
            connection.send(block);
            sent.addAndGet(block.length);
          }
        })) {
      return priorKnowledge().failure(server.url("/"));
    }
  }

  private void assertRefused(Outcome.Failed failure, String message) {
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(sent).hasValueLessThan(MOST_SENT);
  }

  @Test
  void aHundredInterimAnswersAreReadAndNoMore() throws IOException {
    assertThat(fetch(INTERIM.repeat(100) + OK).outcome()).isEqualTo(new Outcome.Responded(200));
    Outcome.Failed failure = failed(fetch(INTERIM.repeat(101) + OK));
    assertRefused(failure, "there are more than 100 interim responses");
    assertThat(failure.status()).isZero();
  }

  @Test
  void aHundredInterimAnswersAreReadOverHttp2AndNoMore() throws IOException {
    byte[] interim = frame(HEADERS, END_HEADERS, 3, status(103));
    assertThat(fetch(join(repeat(interim, 100), OK_2)).outcome())
        .isEqualTo(new Outcome.Responded(200));
    assertRefused(
        failed(fetch(join(repeat(interim, 101), OK_2))),
        "there are more than 100 interim responses");
    assertRefused(flood(NOTHING, interim), "there are more than 100 interim responses");
  }

  @Test
  void theHeaderSectionsOfInterimAnswersCountToo() throws IOException {
    String hint = "HTTP/1.1 103 Early Hints\r\nLink: " + "x".repeat(30_000) + "\r\n\r\n";
    assertRefused(failed(fetch(hint.repeat(20) + OK)), "the header section is larger than 256 KiB");
  }

  @Test
  void theEndsOfItsLinesBelongToAHeaderSection() throws IOException {
    String start = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
    assertThat(fetch(start + "a: b\r\n".repeat(43_000) + "\r\nok").outcome())
        .isEqualTo(new Outcome.Responded(200));
    assertRefused(
        failed(fetch(start + "a: b\r\n".repeat(44_000) + "\r\nok")),
        "the header section is larger than 256 KiB");
  }

  @Test
  void aSwitchOfProtocolsIsNoAnswerOverHttp2() throws IOException {
    Outcome.Failed failure = failed(fetch(frame(HEADERS, END_HEADERS, 3, status(101))));
    assertRefused(failure, "the server switched to another protocol");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1000, 16_000})
  void anEndlessHeaderSectionOverHttp2IsAProtocolFailure(int size) throws IOException {
    byte[] field = field("x-padding", "x".repeat(size));
    assertRefused(
        flood(frame(HEADERS, 0, 3, status200()), frame(CONTINUATION, 0, 3, field)),
        "the header section is larger than 256 KiB");
  }

  @Test
  void anEndlessTrailerSectionOverHttp2IsAProtocolFailure() throws IOException {
    byte[] start =
        join(
            frame(HEADERS, END_HEADERS, 3, status200()),
            frame(DATA, 0, 3, new byte[10]),
            frame(HEADERS, END_STREAM, 3, NOTHING));
    Outcome.Failed failure =
        flood(start, frame(CONTINUATION, 0, 3, field("x-padding", "x".repeat(1000))));
    assertRefused(failure, "the header section is larger than 256 KiB");
    assertThat(failure.status()).isEqualTo(200);
  }

  @Test
  void aLargeHeaderSectionOverHttp2IsRead() throws IOException {
    byte[] padding = frame(CONTINUATION, 0, 3, field("x-padding", "x".repeat(16_000)));
    byte[] head =
        join(
            frame(HEADERS, 0, 3, status200()),
            repeat(padding, 15),
            frame(CONTINUATION, END_HEADERS, 3, NOTHING));
    Attempt attempt = fetch(join(head, frame(DATA, END_STREAM, 3, new byte[] {'o', 'k'})));
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(2);
  }

  /** A length that promises more than there may be is no reason to set so much aside. */
  @Test
  void aFieldThatIsSaidToBeHugeIsNotAwaited() throws IOException {
    byte[] gigabyte = {0, 1, 'x', 127, (byte) 255, (byte) 255, (byte) 255, (byte) 255, 3};
    assertRefused(
        failed(fetch(join(frame(HEADERS, 0, 3, join(status200(), gigabyte))))),
        "the header section is larger than 256 KiB");
  }

  @Test
  void framesAreCountedOverTlsToo() throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    byte[] pings = repeat(frame(PING, 0, 0, new byte[8]), 1000);
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(certificates.sslSocketFactory(), FloodsTest::offerHttp2);
          Http2Frames.greet(connection);
          while (true) {
            connection.send(pings);
          }
        })) {
      assertRefused(
          Exchanges.byDefault().insecure().failure("https://127.0.0.1:" + server.port() + "/"),
          "the server sends endless frames without a response");
    }
  }

  private static void offerHttp2(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
  }

  /** The first field of an empty name and value is remembered, and each byte then stands for it. */
  @Test
  void anEndlessHeaderSectionOfEmptyFieldsIsAProtocolFailure() throws IOException {
    byte[] remembered = join(status200(), new byte[] {0x40, 0, 0});
    byte[] again = repeat(new byte[] {(byte) 0xbe}, 16_000);
    assertRefused(
        flood(frame(HEADERS, 0, 3, remembered), frame(CONTINUATION, 0, 3, again)),
        "the header section is larger than 256 KiB");
  }

  @Test
  void anEndlessHeaderSectionOfEmptyFramesIsAProtocolFailure() throws IOException {
    assertRefused(
        flood(frame(HEADERS, 0, 3, status200()), frame(CONTINUATION, 0, 3, NOTHING)),
        "the header section is larger than 256 KiB");
  }

  private static byte[] push() {
    byte[] promised = {0, 0, 0, 2};
    return frame(PUSH_PROMISE, END_HEADERS, 3, join(promised, status200()));
  }

  static List<byte[]> frames() {
    return List.of(
        frame(PING, 0, 0, new byte[8]),
        frame(SETTINGS, 0, 0, NOTHING),
        frame(0xfe, 0, 0, new byte[10]),
        frame(DATA, 0, 3, NOTHING),
        frame(DATA, END_STREAM, 1, NOTHING),
        frame(DATA, END_STREAM, 1, new byte[10]),
        frame(DATA, 0, 2, new byte[10]),
        frame(HEADERS, END_HEADERS | END_STREAM, 1, status200()),
        push());
  }

  /** Each would be replied to, which fills the memory as long as the server reads nothing. */
  @ParameterizedTest
  @MethodSource("frames")
  void framesWithoutEndThatAreNoAnswerAreAProtocolFailure(byte[] frame) throws IOException {
    assertRefused(flood(NOTHING, frame), "the server sends endless frames without a response");
  }

  @ParameterizedTest
  @MethodSource("frames")
  void someSuchFramesAreNoMatter(byte[] frame) throws IOException {
    assertThat(fetch(join(repeat(frame, 100), OK_2)).outcome())
        .isEqualTo(new Outcome.Responded(200));
  }

  @Test
  void anyNumberOfThemMayComeAmongAnswers() throws IOException {
    byte[] update = frame(WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
    byte[] part = join(repeat(update, 10), frame(DATA, 0, 3, new byte[1]));
    byte[] answer =
        join(
            frame(HEADERS, END_HEADERS, 3, status200()),
            repeat(part, 3000),
            frame(DATA, END_STREAM, 3, NOTHING));
    assertThat(fetch(answer).body().downloaded()).isEqualTo(3000);
  }

  /** The server may not know yet that nobody wants the rest. */
  @Test
  void theRestOfAnAnswerThatWasGivenUpIsNoFlood() throws Exception {
    CountDownLatch allSent = new CountDownLatch(1);
    byte[] answer =
        join(frame(HEADERS, END_HEADERS, 3, status200()), frame(DATA, 0, 3, new byte[100]));
    byte[] rest = repeat(frame(DATA, 0, 3, new byte[1]), 4000);
    try (RawServer server =
            RawServer.start(connection -> {
              Http2Frames.greet(connection);
              connection.send(answer);
              Http2Frames.await(RST_STREAM, 1, connection);
              for (int part = 0; part < 3; part++) {
                connection.send(rest);
                Http2Frames.await(RST_STREAM, 4000, connection);
              }
              allSent.countDown();
              Http2Frames.await(HEADERS, 1, connection);
              connection.send(frame(HEADERS, END_HEADERS | END_STREAM, 5, status200()));
              connection.awaitClose();
            });
        OkHttpExchange exchange = priorKnowledge().maxFilesize(10).build()) {
      assertThat(failed(exchange.execute(Exchanges.request(server.url("/")))).kind())
          .isEqualTo(FailureKind.TOO_LARGE);
      allSent.await();
      assertThat(exchange.execute(Exchanges.request(server.url("/"))).outcome())
          .isEqualTo(new Outcome.Responded(200));
    }
  }
}
