package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for the request options. */
class RequestsTest {
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private List<String> sent(Exchanges exchanges) {
    return sent(exchanges, server.url("/"));
  }

  private List<String> sent(Exchanges exchanges, String url) {
    Attempt attempt = exchanges.fetch(url);
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    return server.requests().getLast().strip().lines().toList();
  }

  private static String basic(String login) {
    byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void isPlainByDefault() {
    assertThat(sent(Exchanges.byDefault()))
        .containsExactlyInAnyOrder(
            "GET / HTTP/1.1",
            "Host: 127.0.0.1:" + server.port(),
            "User-Agent: fetch/test",
            "Accept: */*",
            "Accept-Encoding: gzip, br, zstd",
            "Connection: Keep-Alive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE", "get"})
  void hasTheMethodAsked(String method) {
    Exchanges exchanges = Exchanges.byDefault().method(method);
    assertThat(sent(exchanges)).first().isEqualTo(method + " / HTTP/1.1");
  }

  @Test
  void saysThatAPostHasNoBody() {
    assertThat(sent(Exchanges.byDefault().method("POST"))).contains("Content-Length: 0");
    assertThat(sent(Exchanges.byDefault())).noneMatch(line -> line.startsWith("Content-Length"));
  }

  /** No body is sent, whatever the user says of it; a server would wait for it. */
  @Test
  void framesTheBodyItself() {
    assertThat(
            sent(
                Exchanges.byDefault()
                    .method("POST")
                    .header("Content-Length", "5")
                    .header("transfer-encoding", "chunked")))
        .contains("Content-Length: 0")
        .noneMatch(line -> line.endsWith(": 5") || line.endsWith("chunked"));
    assertThat(sent(Exchanges.byDefault().method("POST").header("content-length", null)))
        .noneMatch(line -> line.startsWith("Content-Length"));
  }

  /** OkHttp would answer it from a cache that there is none of. */
  @Test
  void asksTheServerWhateverTheCacheControlSays() {
    assertThat(sent(Exchanges.byDefault().header("Cache-Control", "only-if-cached")))
        .contains("Cache-Control: only-if-cached");
  }

  @Test
  void namesTheHostAsTheUrlDoes() throws IOException {
    try (RawServer proxy = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      Exchanges exchanges = Exchanges.byDefault().proxy("127.0.0.1:" + proxy.port());
      for (String url : List.of("http://[::1]:81/", "http://[0::1]/", "http://A.example:80/")) {
        exchanges.fetch(url);
      }
      assertThat(String.join("", proxy.requests()))
          .contains("Host: [::1]:81\r\n", "Host: [::1]\r\n", "Host: a.example\r\n");
    }
  }

  @Test
  void anAttemptNamesItsMethod() {
    assertThat(Exchanges.byDefault().method("HEAD").fetch(server.url("/")).requests().method())
        .isEqualTo("HEAD");
  }

  @Test
  void headersReplaceWhatFetchWouldSend() {
    List<String> lines =
        sent(
            Exchanges.byDefault()
                .header("accept", "text/html")
                .header("HOST", "other.example")
                .header("user-agent", "mine")
                .header("Connection", "close"));
    assertThat(lines)
        .contains("accept: text/html", "HOST: other.example", "user-agent: mine")
        .noneMatch(line -> line.startsWith("Accept:"))
        .noneMatch(line -> line.startsWith("Host:"))
        .noneMatch(line -> line.startsWith("User-Agent:"))
        .noneMatch(line -> line.contains("Keep-Alive"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Accept", "User-Agent", "accept-encoding", "Host", "Connection", "X-Unknown"})
  void headersCanBeRemoved(String name) {
    assertThat(sent(Exchanges.byDefault().header(name, null)))
        .noneMatch(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  @Test
  void headersCanBeEmpty() {
    assertThat(sent(Exchanges.byDefault().header("X-Empty", ""))).contains("X-Empty: ");
  }

  @Test
  void headersCanBeRepeatedAndKeepTheirOrder() {
    assertThat(sent(Exchanges.byDefault().header("X-A", "1").header("x-a", "2")))
        .containsSubsequence("X-A: 1", "x-a: 2");
  }

  @Test
  void headersAreSentInUtf8() {
    assertThat(sent(Exchanges.byDefault().header("X-Name", "Žluťoučký 🐴").cookie("a=ü")))
        .contains("X-Name: Žluťoučký 🐴", "Cookie: a=ü");
  }

  @Test
  void userAndPasswordAreBasicCredentials() {
    assertThat(sent(Exchanges.byDefault().user("Aladdin:open sesame")))
        .contains("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(sent(Exchanges.byDefault().user("jo:pä:ss"))).contains(basic("jo:pä:ss"));
    assertThat(sent(Exchanges.byDefault().user("jo"))).contains(basic("jo:"));
  }

  @Test
  void loginInAUrlIsBasicCredentials() {
    List<String> lines = sent(Exchanges.byDefault(), login("jo:p%40ss"));
    assertThat(lines).contains(basic("jo:p@ss")).first().isEqualTo("GET / HTTP/1.1");
    assertThat(sent(Exchanges.byDefault(), login("jo"))).contains(basic("jo:"));
  }

  private String login(String userinfo) {
    return "http://" + userinfo + "@127.0.0.1:" + server.port() + "/";
  }

  @Test
  void whatTheUserSaysGoesBeforeLoginInAUrl() {
    assertThat(sent(Exchanges.byDefault().user("a:b"), login("c:d"))).contains(basic("a:b"));
    assertThat(sent(Exchanges.byDefault().header("Authorization", "Bearer x"), login("c:d")))
        .contains("Authorization: Bearer x")
        .doesNotContain(basic("c:d"));
  }

  @Test
  void theRecordMasksThePassword() {
    Attempt attempt = Exchanges.byDefault().fetch(login("jo:secret"));
    assertThat(attempt.requests().urlEffective()).doesNotContain("secret");
  }

  @Test
  void sendsCookies() {
    assertThat(sent(Exchanges.byDefault().cookie("a=1; b=2"))).contains("Cookie: a=1; b=2");
  }

  @Test
  void asksForARangeUncompressed() {
    assertThat(sent(Exchanges.byDefault().range("0-99")))
        .contains("Range: bytes=0-99", "Accept-Encoding: identity");
  }

  @Test
  void asksForNoCompressionWhenThereShallBeNone() {
    assertThat(sent(Exchanges.byDefault().uncompressed())).contains("Accept-Encoding: identity");
  }

  @Test
  void sendsThePathAndQueryButNoFragment() {
    assertThat(sent(Exchanges.byDefault(), server.url("/a%20b/../c?q=1&r=%2F#frag")))
        .first()
        .isEqualTo("GET /c?q=1&r=%2F HTTP/1.1");
  }

  /** OkHttp sends the request again for this, unless it is kept from it. */
  @Test
  void isNotSentAgainForAServerThatSaysToRetryAtOnce() throws IOException {
    try (RawServer busy =
        RawServer.answering(
            "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\nbusy")) {
      Attempt attempt = Exchanges.byDefault().fetch(busy.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(503));
      assertThat(attempt.body().delivered()).isEqualTo(4);
      assertThat(busy.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 407, 408, 421, 429, 500, 503, 599})
  void everyStatusIsAnAnswer(int status) throws IOException {
    try (RawServer odd =
        RawServer.answering(
            "HTTP/1.1 "
                + status
                + " Odd\r\nWWW-Authenticate: Basic realm=x\r\nProxy-Authenticate: Basic realm=x\r\n"
                + "Content-Length: 0\r\n\r\n")) {
      assertThat(Exchanges.byDefault().user("a:b").fetch(odd.url("/")).outcome())
          .isEqualTo(new Outcome.Responded(status));
      assertThat(odd.requests()).hasSize(1);
    }
  }
}
