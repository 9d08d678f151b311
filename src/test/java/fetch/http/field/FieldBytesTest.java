package fetch.http.field;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges;
import fetch.http.RawServer;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields are bytes: RFC 9110, section 5.5. */
class FieldBytesTest {
  private static void assertKept(byte[] bytes) {
    assertThat(FieldBytes.of(FieldBytes.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void anyBytesAreKept() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      assertKept(bytes);
    }
    assertKept("caf\u00e9".getBytes(ISO_8859_1));
    assertKept("caf\u00e9 \u20ac \ud83d\ude00 \ufffd".getBytes(UTF_8));
    assertKept("\uef7f\uef80\uefe9\uefff\uf000".getBytes(UTF_8));
    assertKept(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xc0, (byte) 0xaf});
  }

  @Test
  void whatIsUtf8IsTextAndTheRestIsLatin1() {
    assertThat(FieldBytes.text(FieldBytes.decode("caf\u00e9 \u20ac".getBytes(UTF_8))))
        .isEqualTo("caf\u00e9 \u20ac");
    assertThat(FieldBytes.text(FieldBytes.decode("caf\u00e9/x".getBytes(ISO_8859_1))))
        .isEqualTo("caf\u00e9/x");
  }

  @Test
  void aTextComesOfOneOrTwoFields() {
    assertSources("a", "a");
    assertSources("caf\u00e9", "caf\u00e9", "caf\u00c3\u00a9");
    assertSources("\u00c3\u00a9", "\u00c3\u0083\u00c2\u00a9");
    assertSources("\u20ac", "\u00e2\u0082\u00ac");
    assertSources(
        "\u00ee\u00be\u0080", "\u00ee\u00be\u0080", "\u00c3\u00ae\u00c2\u00be\u00c2\u0080");
    assertSources("\uef80", "\u00ee\u00be\u0080");
  }

  /** In the expected fields, each character is a byte. */
  private static void assertSources(String text, String... expected) {
    assertThat(FieldBytes.sources(text).stream().map(FieldBytes::of))
        .containsExactly(
            Stream.of(expected).map(field -> field.getBytes(ISO_8859_1)).toArray(byte[][]::new));
  }

  /** The response as its characters, each of which is one byte. */
  private static String targetAfter(String location) throws IOException {
    String answer = "HTTP/1.1 302 X\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            boolean first = head.startsWith("GET / ");
            connection.send(first ? answer : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          }
        })) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      return server.requests().get(1).replaceAll("(?s)^GET (\\S+) .*", "$1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/caf\u00e9, /caf%E9",
    "/caf\u00c3\u00a9, /caf%C3%A9",
    "/\u00e9?q=\u00fc&r=\u00c3\u00bc, /%E9?q=%FC&r=%C3%BC",
    "/\u00ef\u00bf\u00bd, /%EF%BF%BD",
    "/\u00ee\u00be\u0080, /%EE%BE%80",
    "/\u00e9\u0081, /%E9%81",
    "/a b|c, /a%20b%7Cc",
    "/%E9, /%E9",
    "\u00e9/./x, /%E9/x"
  })
  void aLocationIsRequestedByItsBytes(String location, String target) throws IOException {
    assertThat(targetAfter(location)).isEqualTo(target);
  }

  @Test
  void recordsHaveTheContentTypeAsText() throws IOException {
    for (String sent : new String[] {"text/\u00e9", "text/\u00c3\u00a9"}) {
      try (RawServer server =
          RawServer.answering(
              "HTTP/1.1 200 OK\r\nContent-Type: " + sent + "\r\nContent-Length: 0\r\n\r\n")) {
        assertThat(Exchanges.byDefault().fetch(server.url("/")).response().contentType())
            .isEqualTo("text/\u00e9");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\r\nLocation: /b", "/a\r\nX: y\r\nLocation: http://other.example/"})
  void severalLocationsThatDifferAreAProtocolFailure(String locations) throws IOException {
    try (RawServer server =
        RawServer.answering(
            "HTTP/1.1 302 X\r\nLocation: " + locations + "\r\nContent-Length: 0\r\n\r\n")) {
      Outcome.Failed failure = Exchanges.byDefault().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(failure.status()).isEqualTo(302);
    }
  }

  @Test
  void aLocationThatIsRepeatedIsOne() throws IOException {
    assertThat(targetAfter("/b\r\nLocation: /b")).isEqualTo("/b");
  }
}
