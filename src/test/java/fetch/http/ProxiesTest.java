package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.HeaderLine;
import fetch.Outcome;
import fetch.http.dns.NameService;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.RequestSettings.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LOGIN = "Basic am86c2VjcmV0";

  private static RawServer secureServer(String host) throws IOException {
    return RawServer.start(connection -> {
      connection.startTls(Certificates.server(host).sslSocketFactory());
      connection.readRequest();
      connection.send(OK);
    });
  }

  private static Exchanges trusting() {
    return Exchanges.byDefault().trusting(Certificates.authorities());
  }

  private static void assertAnswered(Attempt attempt, int bytes) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://", "HTTP://"})
  void plainRequestsGoToTheProxyWhole(String scheme) throws IOException {
    try (HttpProxy proxy = new HttpProxy(null)) {
      Exchanges exchanges = Exchanges.byDefault().proxy(scheme + proxy.address());
      assertAnswered(exchanges.fetch("http://www.example.org/path?q"), 5);
      assertThat(proxy.requests().getFirst())
          .startsWith("GET http://www.example.org/path?q HTTP/1.1\r\n")
          .contains("\r\nHost: www.example.org\r\n")
          .doesNotContain("Proxy-Authorization");
    }
  }

  @Test
  void namesThatJavaNetUriHasNoHostForGoToTheProxyToo() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null)) {
      Exchanges exchanges = Exchanges.byDefault().proxy(proxy.address());
      assertAnswered(exchanges.fetch("http://under_score.example/"), 5);
    }
  }

  @Test
  void namesThatOkHttpRefusesInPunycodeGoToTheProxyToo() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null)) {
      Exchanges exchanges = Exchanges.byDefault().proxy(proxy.address());
      assertAnswered(exchanges.fetch("http://mün_chen.example/"), 5);
      assertThat(proxy.requests().getFirst())
          .startsWith("GET http://xn--mn_chen-n2a.example/ HTTP/1.1\r\n")
          .contains("\r\nHost: xn--mn_chen-n2a.example\r\n");
    }
  }

  @Test
  void namesThatOkHttpRefusesInPunycodeGoThroughATunnel() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null)) {
      Exchanges.byDefault().proxy(proxy.address()).fetch("https://mün_chen.example:1/");
      assertThat(proxy.requests().getFirst())
          .startsWith("CONNECT xn--mn_chen-n2a.example:1 HTTP/1.1\r\n")
          .contains("\r\nHost: xn--mn_chen-n2a.example:1\r\n");
    }
  }

  @Test
  void plainRequestsLogInUnasked() throws IOException {
    try (HttpProxy proxy = new HttpProxy(LOGIN)) {
      assertAnswered(
          Exchanges.byDefault().proxy("jo:secret@" + proxy.address()).fetch("http://a.example/"),
          5);
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void secureRequestsGoThroughATunnel() throws IOException {
    try (HttpProxy proxy = new HttpProxy(LOGIN);
        RawServer server = secureServer("www.example.org")) {
      String authority = "www.example.org:" + server.port();
      Attempt attempt =
          trusting()
              .proxy("http://jo:secret@" + proxy.address())
              .user("site:password")
              .fetch("https://" + authority + "/");
      assertAnswered(attempt, 2);
      assertThat(proxy.requests()).hasSize(1);
      assertThat(proxy.requests().getFirst())
          .startsWith("CONNECT " + authority + " HTTP/1.1\r\n")
          .contains("Proxy-Authorization: " + LOGIN)
          .doesNotContain("\r\nAuthorization");
      assertThat(server.requests().getFirst())
          .contains("\r\nAuthorization")
          .doesNotContain("Proxy-Authorization");
    }
  }

  @Test
  void aProxyThatIsNotThereIsAConnectFailure() throws IOException {
    RawServer gone = RawServer.answering(OK);
    gone.close();
    for (String scheme : List.of("http", "socks5h")) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .proxy(scheme + "://127.0.0.1:" + gone.port())
              .failure("http://www.example.org/");
      assertThat(failure.kind()).as(scheme).isEqualTo(FailureKind.CONNECT);
    }
  }

  @Test
  void theNameOfTheProxyIsLookedUpAsAnyOther() throws IOException {
    NameService names = host -> List.of(InetAddress.ofLiteral("127.0.0.1"));
    try (HttpProxy proxy = new HttpProxy(null)) {
      String named = proxy.address().replace("127.0.0.1", "proxy.example");
      assertAnswered(
          Exchanges.byDefault().names(names).proxy(named).fetch("http://www.example.org/"), 5);
      assertThat(Exchanges.byDefault().proxy(named).failure("http://www.example.org/").kind())
          .isEqualTo(FailureKind.DNS);
    }
  }

  @Test
  void socksResolvesNamesForUs() throws IOException {
    try (SocksProxy proxy = new SocksProxy(null);
        RawServer server = RawServer.answering(OK)) {
      String authority = "www.example.org:" + server.port();
      assertAnswered(
          Exchanges.byDefault()
              .proxy("socks5h://" + proxy.address())
              .fetch("http://" + authority + "/"),
          2);
      assertAnswered(
          Exchanges.byDefault()
              .proxy("socks5h://" + proxy.address())
              .fetch("http://mün_chen.example:" + server.port() + "/"),
          2);
      assertThat(proxy.hosts()).containsExactly("www.example.org", "xn--mn_chen-n2a.example");
      assertThat(server.requests().getFirst()).startsWith("GET / HTTP/1.1\r\n");
    }
  }

  @Test
  void socks5LooksNamesUpHere() throws IOException {
    NameService names = host -> List.of(InetAddress.ofLiteral("127.0.0.9"));
    try (SocksProxy proxy = new SocksProxy(null);
        RawServer server = RawServer.answering(OK)) {
      Attempt attempt =
          Exchanges.byDefault()
              .names(names)
              .proxy("socks5://" + proxy.address())
              .fetch("http://www.example.org:" + server.port() + "/");
      assertAnswered(attempt, 2);
      assertThat(proxy.hosts()).containsExactly("127.0.0.9");
      assertThat(attempt.peer().ip()).isEqualTo("127.0.0.9");
    }
  }

  @Test
  void whatSocks5LooksUpIsKeptOffPrivateAddresses() throws IOException {
    NameService names = host -> List.of(InetAddress.ofLiteral("10.0.0.9"));
    try (SocksProxy proxy = new SocksProxy(null)) {
      Exchanges exchanges = Exchanges.byDefault().names(names).denyPrivate();
      assertThat(
              exchanges
                  .proxy("socks5://" + proxy.address())
                  .failure("http://www.example.org/")
                  .message())
          .isEqualTo("www.example.org is at 10.0.0.9, a private address");
      assertThat(proxy.connections()).isZero();
    }
  }

  @Test
  void aHostThatTheProxyLooksUpHasNoAddressHere() throws IOException {
    try (SocksProxy proxy = new SocksProxy(null);
        RawServer server = RawServer.answering(OK)) {
      Attempt attempt =
          Exchanges.byDefault()
              .proxy("socks5h://" + proxy.address())
              .fetch("http://www.example.org:" + server.port() + "/");
      assertAnswered(attempt, 2);
      assertThat(attempt.peer()).isEqualTo(Attempt.Peer.NONE);
    }
  }

  @Test
  void aTruncatedSocksReplyIsAFailureOfTheProxy() throws IOException {
    try (RawServer proxy =
        RawServer.start(connection -> {
          connection.socket().getInputStream().readNBytes(3);
          connection.send(new byte[] {5, 0});
          connection.socket().getInputStream().readNBytes(4 + 1 + "a.example".length() + 2);
          connection.send(new byte[] {5, 0, 0, 1, 127});
        })) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .proxy("socks5h://127.0.0.1:" + proxy.port())
              .failure("http://a.example/");
      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
      assertThat(failure.message()).endsWith(" does not respond as SOCKS5 does");
    }
  }

  @Test
  void headersForTheProxyReachNobodyElse() throws IOException {
    List<HeaderLine> headers =
        List.of(
            new HeaderLine("X-Team", "a"),
            new HeaderLine("X-Team", "b"),
            new HeaderLine("User-Agent", null));
    try (HttpProxy proxy = new HttpProxy(null);
        RawServer server = secureServer("www.example.org")) {
      ProxyRules rules = new ProxyRules(proxy.address(), null, Map.of()).with(headers);
      assertAnswered(trusting().proxies(rules).fetch("http://www.example.org/"), 5);
      assertAnswered(
          trusting().proxies(rules).fetch("https://www.example.org:" + server.port() + "/"), 2);
      assertThat(proxy.requests())
          .hasSize(2)
          .allSatisfy(request ->
              assertThat(request)
                  .contains("\r\nX-Team: a\r\nX-Team: b\r\n")
                  .doesNotContain("User-Agent"));
      assertThat(server.requests().getFirst())
          .doesNotContain("X-Team")
          .contains("User-Agent: fetch/test");
    }
  }

  @Test
  void anOwnLoginReplacesTheOneOfTheEnvironment() throws IOException {
    try (HttpProxy proxy = new HttpProxy(LOGIN)) {
      ProxyRules rules =
          new ProxyRules(null, null, Map.of("http_proxy", "x:y@" + proxy.address()))
              .with(Credentials.parse("jo:secret"));
      assertAnswered(Exchanges.byDefault().proxies(rules).fetch("http://a.example/"), 5);
    }
  }

  @Test
  void socksCarriesTls() throws IOException {
    try (SocksProxy proxy = new SocksProxy(null);
        RawServer server = secureServer("www.example.org")) {
      assertAnswered(
          trusting()
              .proxy("socks5h://" + proxy.address())
              .fetch("https://www.example.org:" + server.port() + "/"),
          2);
    }
  }

  @Test
  void socksLogsIn() throws IOException {
    try (SocksProxy proxy = new SocksProxy("jo:s/cret");
        RawServer server = RawServer.answering(OK)) {
      assertAnswered(
          Exchanges.byDefault()
              .proxy("socks5h://jo:s%2Fcret@" + proxy.address())
              .fetch("http://www.example.org:" + server.port() + "/"),
          2);
    }
  }

  @Test
  void aSilentSocksProxyIsATimeout() throws IOException {
    try (RawServer silent = RawServer.start(RawServer.Connection::awaitClose)) {
      Attempt attempt =
          Exchanges.byDefault()
              .connectTimeout(Duration.ofMillis(500))
              .proxy("socks5h://127.0.0.1:" + silent.port())
              .fetch("http://www.example.org/");
      assertThat(Exchanges.failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(attempt.timings().total()).isLessThan(Duration.ofSeconds(5).toNanos());
    }
  }

  @Test
  void theEnvironmentNamesProxiesAndExceptions() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null);
        RawServer server = RawServer.answering(OK)) {
      ProxyRules rules =
          new ProxyRules(
              null,
              null,
              Map.of("http_proxy", "http://" + proxy.address(), "no_proxy", "localhost,127.0.0.1"));
      Exchanges exchanges = Exchanges.byDefault().proxies(rules);
      assertAnswered(exchanges.fetch("http://www.example.org/"), 5);
      assertAnswered(exchanges.fetch(server.url("/")), 2);
    }
  }

  @Test
  void redirectsChangeBetweenProxyAndNone() throws IOException {
    try (HttpProxy proxy = new HttpProxy(LOGIN);
        RawServer server =
            RawServer.answering(
                "HTTP/1.1 302 X\r\nLocation: http://a.example/\r\nContent-Length: 0\r\n\r\n")) {
      ProxyRules rules = new ProxyRules("jo:secret@" + proxy.address(), "127.0.0.1", Map.of());
      assertAnswered(Exchanges.byDefault().proxies(rules).fetch(server.url("/")), 5);
      assertThat(server.requests().getFirst()).doesNotContain("Proxy-Authorization");
    }
  }
}
