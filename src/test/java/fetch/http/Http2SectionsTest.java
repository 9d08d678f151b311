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
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What header and trailer sections of HTTP/2 may have: RFC 9113, sections 8.1 to 8.3. */
@Timeout(60)
class Http2SectionsTest {
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

  /** Fields of a header section, as {@code name=value;name=value}. */
  private static byte[] fields(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String field : text.split(";", -1)) {
      int equals = field.indexOf('=');
      out.writeBytes(field(field.substring(0, equals), field.substring(equals + 1)));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    ":status=200;:status=200, there is more than one :status",
    ":status=200;:status=404, there is more than one :status",
    ":status=200;x=y;:status=200, there is more than one :status",
    "x=y;:status=200, the :status follows a header field",
    "x=y, the :status is missing",
    ":path=/;:status=200, a response has the pseudo-header field ':path'",
    ":status=200;:method=GET, a response has the pseudo-header field ':method'",
    ":status=200;:odd=1, a response has the pseudo-header field ':odd'",
    ":status=200;connection=close, the header field 'connection' is of HTTP/1.1 only",
    ":status=200;keep-alive=5, the header field 'keep-alive' is of HTTP/1.1 only",
    ":status=200;proxy-connection=x, the header field 'proxy-connection' is of HTTP/1.1 only",
    ":status=200;transfer-encoding=x, the header field 'transfer-encoding' is of HTTP/1.1 only",
    ":status=200;upgrade=h3, the header field 'upgrade' is of HTTP/1.1 only",
    ":status=200;te=gzip, the header field 'te' has another value than 'trailers'",
    ":status=200;X-Odd=1, the header field name 'X-Odd' has upper-case letters"
  })
  void aMalformedHeaderSectionEndsItsStreamOnly(String text, String why) throws IOException {
    byte[] good = fields(":status=200;te=trailers");
    Http2Frames.Reply reply =
        (stream, connection) ->
            connection.send(response(stream, stream == 3 ? fields(text) : good, "hello"));
    try (RawServer server = replying(reply);
        OkHttpExchange exchange = exchanges().build()) {
      Attempt first = exchange.execute(Exchanges.request(server.url("/1")));
      assertThat(Exchanges.failed(first).kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(Exchanges.failed(first).message()).isEqualTo("not valid HTTP/2: " + why);
      Attempt second = exchange.execute(Exchanges.request(server.url("/2")));
      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private static Attempt withTrailers(int flags, String trailers) throws IOException {
    try (RawServer server =
        replying((stream, connection) -> {
          connection.send(frame(HEADERS, END_HEADERS, stream, status("103")));
          connection.send(frame(HEADERS, END_HEADERS, stream, status("200")));
          connection.send(frame(DATA, 0, stream, new byte[5]));
          connection.send(frame(HEADERS, END_HEADERS | flags, stream, fields(trailers)));
        })) {
      return exchanges().fetch(server.url("/"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, :status=200, a trailer section has the pseudo-header field ':status'",
    "1, x=y;:path=/, a trailer section has the pseudo-header field ':path'",
    "1, connection=close, the header field 'connection' is of HTTP/1.1 only",
    "0, x=y, a trailer section does not end the stream"
  })
  void aMalformedTrailerSectionIsAProtocolFailure(int flags, String trailers, String why)
      throws IOException {
    Outcome.Failed failure = Exchanges.failed(withTrailers(flags, trailers));
    assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(failure.message()).isEqualTo("not valid HTTP/2: " + why);
  }

  @Test
  void aTrailerSectionFollowsTheFinalResponse() throws IOException {
    assertThat(withTrailers(END_STREAM, "x=y").outcome()).isEqualTo(new Outcome.Responded(200));
  }

  /** The path that is requested second, of a redirect to this Location. */
  private static String followed(byte[] location) throws IOException {
    byte[] moved = join(new byte[] {0x48, 3, '3', '0', '2'}, location);
    try (RawServer server =
        replying((stream, connection) ->
            connection.send(headersOnly(stream, stream == 3 ? moved : status("204"))))) {
      Attempt attempt = exchanges().fetch(server.url("/"));
      assertThat(attempt.requests().redirects()).isEqualTo(1);
      return attempt.requests().urlEffective().substring(server.url("").length());
    }
  }

  @Test
  void aLocationHasTheBytesThatCame() throws IOException {
    assertThat(followed(field("location", "/caf\u00e9"))).isEqualTo("/caf%E9");
    assertThat(followed(field("location", "/caf\u00c3\u00a9"))).isEqualTo("/caf%C3%A9");
    assertThat(followed(field("location", "/a\u00ee\u00be\u0080"))).isEqualTo("/a%EE%BE%80");
  }

  /** RFC 7541, appendix B: codes of bytes from 0x80 have 20 bits and more. */
  @ParameterizedTest
  @CsvSource({"608397fffebf, /caf%E9", "608397fff8ffffbb, /caf%C3%A9"})
  void aLocationInHuffmanCodeHasTheBytesThatCame(String code, String target) throws IOException {
    byte[] value = HexFormat.of().parseHex(code);
    byte[] start = {0, 8, 'l', 'o', 'c', 'a', 't', 'i', 'o', 'n', (byte) (0x80 | value.length)};
    assertThat(followed(join(start, value))).isEqualTo(target);
  }

  /** Each later section refers to fields of the first one. */
  @Test
  void aFieldWithOddBytesLeavesTheTableOfFieldsInOrder() throws IOException {
    byte[] odd = {0x40, 1, 'x', 2, (byte) 0xe9, (byte) 0xff};
    byte[] tag = {0x40, 4, 'e', 't', 'a', 'g', 3, '"', 'a', '"'};
    byte[] first = join(Http2Frames.status200(), tag, odd);
    byte[] later = {(byte) 0x88, (byte) (0x80 | 63), (byte) (0x80 | 62)};
    try (RawServer server =
            replying((stream, connection) ->
                connection.send(response(stream, stream == 3 ? first : later, "hello")));
        OkHttpExchange exchange = exchanges().build()) {
      for (int i = 0; i < 3; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(server.url("/" + i)));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.representation().validators().etag()).isEqualTo("\"a\"");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
