package fetch.http.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Outcome;
import fetch.Precondition;
import fetch.Validators;
import fetch.http.Exchange;
import fetch.http.Exchanges;
import fetch.http.Http2Frames;
import fetch.http.Http2Frames.Frame;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server finds in the header sections of requests. Each character stands for a byte. */
@Timeout(60)
class RequestSectionsTest {
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

  private static Exchanges exchanges() {
    return Exchanges.byDefault().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE);
  }

  /** Replies to /start with a redirect that sets cookies, and to all else with an empty page. */
  private RawServer setting(String... cookies) throws IOException {
    return RawServer.start(connection -> {
      SectionDecoder decoder = new SectionDecoder();
      StringBuilder section = new StringBuilder();
      Http2Frames.serve(
          connection,
          (stream, ignored) -> {},
          frame -> {
            if (frame.type() != Http2Frames.HEADERS && frame.type() != Http2Frames.CONTINUATION) {
              return;
            }
            section.append(frame.payload());
            if ((frame.flags() & Http2Frames.END_HEADERS) != 0) {
              reply(frame, read(section.toString(), decoder), connection, cookies);
              section.setLength(0);
            }
          });
    });
  }

  private Map<String, String> read(String section, SectionDecoder decoder) {
    Map<String, String> fields = new TreeMap<>();
    try {
      for (CodedField field : decoder.decode(section.getBytes(ISO_8859_1))) {
        String name = new String(field.name(), ISO_8859_1);
        fields.put(name, new String(field.decodedValue(), ISO_8859_1));
      }
    } catch (IOException e) {
      fields.put("undecodable", e.toString());
    }
    requests.add(fields);
    return fields;
  }

  private static void reply(
      Frame frame,
      Map<String, String> request,
      RawServer.Connection connection,
      String... cookies) {
    byte[] fields = Http2Frames.field(":status", "204");
    if (request.getOrDefault(":path", "").equals("/start")) {
      fields = Http2Frames.field(":status", "302");
      fields = Http2Frames.join(fields, Http2Frames.field("location", "/end"));
      for (String cookie : cookies) {
        fields = Http2Frames.join(fields, Http2Frames.field("set-cookie", cookie));
      }
    }
    try {
      int flags = Http2Frames.END_STREAM;
      connection.send(Frames.section(Http2Frames.HEADERS, flags, frame.stream(), fields));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fetch(String url, Exchange exchange) {
    Attempt attempt = Exchanges.follow(exchange, Exchanges.request(url));
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(204));
  }

  @ParameterizedTest
  @CsvSource({
    "caf\u00e9",
    "caf\u00c3\u00a9",
    "\u0080\u00ff",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u00e9"
  })
  void haveCookiesAsTheBytesThatCame(String value) throws IOException {
    try (RawServer server = setting("n=" + value);
        OkHttpExchange exchange = exchanges().header("X-Of-User", "caf\u00e9").build()) {
      for (int i = 0; i < 3; i++) {
        fetch(server.url("/start"), exchange);
        fetch(server.url("/other"), exchange);
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(requests).hasSize(9);
      assertThat(requests)
          .extracting(fields -> fields.get(":path") + ' ' + fields.get("cookie"))
          .startsWith("/start null", "/end n=" + value, "/other null", "/start null");
      assertThat(requests)
          .allMatch(fields -> "caf\u00c3\u00a9".equals(fields.get("x-of-user")))
          .allMatch(fields -> "fetch/test".equals(fields.get("user-agent")));
    }
  }

  /** Without Huffman code, these no longer fit into one frame. */
  @Test
  void mayTakeMoreFrames() throws IOException {
    String[] cookies = new String[6];
    for (int i = 0; i < cookies.length; i++) {
      cookies[i] = "n" + i + "=" + "a".repeat(3900) + "\u00e9";
    }
    try (RawServer server = setting(cookies);
        OkHttpExchange exchange = exchanges().build()) {
      fetch(server.url("/start"), exchange);
      fetch(server.url("/start"), exchange);
      assertThat(requests.get(1)).containsEntry("cookie", String.join("; ", cookies));
      assertThat(requests.get(3)).isEqualTo(requests.get(1));
    }
  }

  @Test
  void haveBothSpellingsOfATagOfAnEarlierRun() throws IOException {
    try (RawServer server = setting()) {
      Validators known = new Validators("\"caf\u00e9\"", null);
      exchanges()
          .preconditions(request -> new Precondition(server.url("/"), known))
          .fetch(server.url("/"));
      assertThat(requests.getLast())
          .containsEntry("if-none-match", "\"caf\u00e9\", \"caf\u00c3\u00a9\"");
    }
  }

  @Test
  void haveTheRealHostAsTheirAuthority() throws IOException {
    try (RawServer server = setting()) {
      exchanges()
          .names(name -> List.of(InetAddress.ofLiteral("127.0.0.1")))
          .fetch("http://b\u00fccher_shop.example:" + server.port() + "/");
      assertThat(requests.getLast())
          .containsEntry(":authority", "xn--bcher_shop-9db.example:" + server.port());
    }
  }
}
