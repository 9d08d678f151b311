package fetch.http.wire;

import static fetch.http.Exchanges.failed;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message ends: RFC 9112, sections 6 and 7. */
class FramingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static Attempt answer(String answer) throws IOException {
    try (RawServer server = RawServer.answeringOnce(answer)) {
      return Exchanges.byDefault().maxTime(Duration.ofSeconds(5)).fetch(server.url("/"));
    }
  }

  /** The server keeps the connection open, so that a wrong idea of the length means a timeout. */
  private static Attempt keptOpen(String answer) throws IOException {
    try (RawServer server = RawServer.answering(answer)) {
      return Exchanges.byDefault().maxTime(Duration.ofSeconds(5)).fetch(server.url("/"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 5, 6\r\n\r\nhello!",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -5\r\n\r\nhello",
        "Content-Length: 5x\r\n\r\nhello",
        "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length:\r\n\r\nhello",
        "Content-Length: 99999999999999999999\r\n\r\nhello",
        "Transfer-Encoding: gzip\r\n\r\nhello",
        "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, gzip\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Content-Length: 5,\r\n\r\nhello",
        "Content-Length: , 5\r\n\r\nhello",
        "Content-Length: 5 5\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 5, 6\r\n\r\nhello"
      })
  void anUncertainLengthIsAProtocolFailure(String rest) throws IOException {
    Attempt attempt = keptOpen(OK + rest);
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failed(attempt).status()).isEqualTo(200);
    assertThat(attempt.body().downloaded()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "content-length:5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0005\r\nhello\r\n000\r\n\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: 5,5 , 5\r\nContent-Length: 005\r\n\r\nhello",
        "Content-Length : 5\r\n\r\nhello",
        "Content-Length:\r\n 5\r\n\r\nhello",
        "Transfer-Encoding:\r\n\tchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked,\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: identity, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
      })
  void aCertainLengthIsReadToItsEnd(String rest) throws IOException {
    Attempt attempt = keptOpen(OK + rest);
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(5);
    assertThat(attempt.body().delivered()).isEqualTo(5);
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() throws IOException {
    Attempt attempt = answer(OK + "\r\nhello");
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "304 Not Modified\r\nContent-Length: 1234\r\n\r\n",
        "304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n",
        "304 Not Modified\r\n\r\n",
        "204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
        "204 No Content\r\nContent-Length: 0\r\n\r\n",
        "204 No Content\r\nContent-Encoding: gzip\r\n\r\n"
      })
  void someStatusesEndWithTheirHeaderSection(String answer) throws IOException {
    Attempt attempt = keptOpen("HTTP/1.1 " + answer);
    assertThat(attempt.outcome())
        .isEqualTo(new Outcome.Responded(Integer.parseInt(answer.substring(0, 3))));
    assertThat(attempt.body().downloaded()).isZero();
  }

  /** The bytes after it are for no request, so that the connection is of no more use. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "204 No Content\r\nContent-Length: 5\r\n\r\nhello",
        "204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "204 No Content\r\nContent-Length: 5\r\n\r\n",
        "204 No Content\r\nContent-Length: 0x5\r\n\r\n",
        "304 Not Modified\r\nContent-Length: 5\r\n\r\nhello"
      })
  void aLengthWhereThereIsNoBodyCostsTheConnectionOnly(String answer) throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 " + answer);
        OkHttpExchange exchange = Exchanges.byDefault().maxTime(Duration.ofSeconds(5)).build()) {
      for (int i = 0; i < 2; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(server.url("/")));
        assertThat(attempt.outcome())
            .isEqualTo(new Outcome.Responded(Integer.parseInt(answer.substring(0, 3))));
        assertThat(attempt.body().downloaded()).isZero();
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void theLengthOfWhatIsNotModifiedCostsNoConnection() throws IOException {
    String answer = "HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\n\r\n";
    try (RawServer server = RawServer.answering(answer);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(exchange.execute(Exchanges.request(server.url("/"))).outcome())
            .isEqualTo(new Outcome.Responded(304));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aResetOfContentIsReadAsLongAsItSays() throws IOException {
    Attempt attempt = keptOpen("HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(205));
    assertThat(attempt.body().downloaded()).isEqualTo(5);
  }

  @Test
  void aHeadHasNoBodyWhateverItsHeadersSay() throws IOException {
    for (String field :
        new String[] {
          "Content-Length: 1234", "Transfer-Encoding: chunked", "Content-Encoding: gzip"
        }) {
      try (RawServer server = RawServer.answering(OK + field + "\r\n\r\n")) {
        Attempt attempt =
            Exchanges.byDefault()
                .method("HEAD")
                .maxFilesize(10)
                .maxTime(Duration.ofSeconds(5))
                .fetch(server.url("/"));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.body().downloaded()).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100 Continue",
    "102 Processing",
    "103 Early Hints",
    "103 Early Hints\r\nLink: </style.css>; rel=preload"
  })
  void interimAnswersAreSkipped(String interim) throws IOException {
    Attempt attempt =
        keptOpen("HTTP/1.1 " + interim + "\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok");
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(2);
  }

  @Test
  void aSwitchOfProtocolsIsNoAnswer() throws IOException {
    String answer = "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n";
    assertThat(failed(keptOpen(answer)).kind()).isEqualTo(FailureKind.PROTOCOL);
    try (RawServer server = RawServer.answering(answer)) {
      Outcome.Failed asked =
          Exchanges.byDefault()
              .header("Connection", "Upgrade")
              .header("Upgrade", "foo")
              .failure(server.url("/"));
      assertThat(asked.kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(asked.status()).isEqualTo(101);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "\r\nhello",
        "5 x\r\nhello\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhello"
      })
  void aBadChunkIsAProtocolFailure(String body) throws IOException {
    Attempt attempt = keptOpen(OK + "Transfer-Encoding: chunked\r\n\r\n" + body);
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failed(attempt).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\nhello",
        "Content-Length: 10\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        "Content-Length: 10\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b\b\u0000",
        "Content-Length: 10\r\nContent-Encoding: br\r\n\r\n\u000b\u0002\u0080",
        "Content-Length: 100\r\nContent-Encoding: zstd\r\n\r\n(\u00b5/\u00fd"
      })
  void aCutBodyIsPartial(String rest) throws IOException {
    Attempt attempt = answer(OK + rest);
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PARTIAL);
    assertThat(failed(attempt).status()).isEqualTo(200);
    assertThat(failed(attempt).message()).doesNotContain("stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le", "\r"})
  void aCutHeaderSectionIsPartial(String answer) throws IOException {
    Outcome.Failed failure = failed(answer(answer));
    assertThat(failure.kind()).isEqualTo(FailureKind.PARTIAL);
    assertThat(failure.status()).isZero();
    assertThat(failure.message()).isEqualTo("the response ended inside its header section");
  }

  @Test
  void anEndlessHeaderSectionIsAProtocolFailure() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send(OK);
          while (!connection.socket().isClosed()) {
            connection.send("X-Padding: " + "x".repeat(1000) + "\r\n");
          }
        })) {
      Outcome.Failed failure = Exchanges.byDefault().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(failure.message()).isEqualTo("the header section is larger than 256 KiB");
      assertThat(failure.status()).isZero();
    }
  }

  @Test
  void anEndlessHeaderLineIsAProtocolFailure() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 200 ");
          while (!connection.socket().isClosed()) {
            connection.send("x".repeat(10_000));
          }
        })) {
      Outcome.Failed failure = Exchanges.byDefault().failure(server.url("/"));
      assertThat(failure.message()).isEqualTo("the header section is larger than 256 KiB");
    }
  }
}
