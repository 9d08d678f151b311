package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.HeaderLine;
import fetch.Outcome;
import fetch.http.settings.ProxyRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As in curl, a proxy connects to the host of {@code --connect-to}, an HTTP proxy by CONNECT. */
class ConnectToByProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LOGIN = "Basic am86c2VjcmV0";

  private static void assertAnswered(Attempt attempt) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.body().downloaded()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "inside.example, http://www.example.org/path?q, inside.example",
    "INSIDE.example, http://192.0.2.7/path?q, inside.example",
    "127.0.0.7, http://www.example.org/path?q, 127.0.0.7",
    "[::1], http://www.example.org/path?q, [::1]",
    "'', http://www.example.org/path?q, www.example.org",
  })
  void anHttpProxyOpensATunnelForHttpToo(String target, String url, String host)
      throws IOException {
    try (RawServer server = RawServer.answering(OK);
        HttpProxy proxy = new HttpProxy(LOGIN);
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .proxy("jo:secret@" + proxy.address())
                .connectTo("::" + target + ":" + server.port())
                .build()) {
      for (int i = 0; i < 2; i++) {
        assertAnswered(exchange.execute(Exchanges.request(url)));
      }
      String authority = host + ":" + server.port();
      assertThat(proxy.requests())
          .as("one tunnel, whose connection is used again")
          .singleElement()
          .asString()
          .startsWith("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n")
          .contains("\r\nProxy-Authorization: " + LOGIN + "\r\n", "\r\nUser-Agent: ");
      assertThat(server.requests().getFirst())
          .startsWith("GET /path?q HTTP/1.1\r\n")
          .contains("\r\nHost: " + url.substring("http://".length(), url.indexOf("/path")) + "\r\n")
          .doesNotContain("Proxy-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "socks5h://", "socks5://"})
  void tlsChecksTheNameOfTheUrl(String scheme) throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.startTls(Certificates.server("www.example.org").sslSocketFactory());
              connection.readRequest();
              connection.send(OK);
            });
        AutoCloseableProxy proxy = AutoCloseableProxy.of(scheme)) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .trusting(Certificates.authorities())
              .proxy(scheme + proxy.address())
              .connectTo("::127.0.0.1:" + server.port());

      assertAnswered(exchanges.fetch("https://www.example.org/"));
      assertThat(exchanges.failure("https://other.example/").kind())
          .isEqualTo(FailureKind.TLS_CERTIFICATE);
    }
  }

  /** A proxy of either kind. */
  private record AutoCloseableProxy(AutoCloseable proxy, String address) implements AutoCloseable {
    static AutoCloseableProxy of(String scheme) throws IOException {
      if (scheme.isEmpty()) {
        HttpProxy http = new HttpProxy(null);
        return new AutoCloseableProxy(http, http.address());
      }
      SocksProxy socks = new SocksProxy(null);
      return new AutoCloseableProxy(socks, socks.address());
    }

    @Override
    public void close() throws IOException {
      try {
        proxy.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "inside.example, http://www.example.org/, inside.example",
    "inside.example, http://192.0.2.7/, inside.example",
    "127.0.0.7, http://www.example.org/, 127.0.0.7",
    "'', http://www.example.org/, www.example.org",
  })
  void aSocksProxyThatLooksNamesUpIsToldTheOtherName(String target, String url, String host)
      throws IOException {
    try (RawServer server = RawServer.answering(OK);
        SocksProxy proxy = new SocksProxy(null)) {
      assertAnswered(
          Exchanges.byDefault()
              .proxy("socks5h://" + proxy.address())
              .connectTo("::" + target + ":" + server.port())
              .fetch(url));
      assertThat(proxy.hosts()).containsExactly(host);
    }
  }

  @Test
  void urlsWithoutARuleAreForwarded() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null)) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .proxy(proxy.address())
              .connectTo("other.example:80:127.0.0.1:1")
              .connectTo("same.example:80:same.example:80");
      exchanges.fetch("http://www.example.org/");
      exchanges.fetch("http://same.example/");

      assertThat(proxy.requests())
          .extracting(head -> head.substring(0, head.indexOf("\r\n")))
          .containsExactly(
              "GET http://www.example.org/ HTTP/1.1", "GET http://same.example/ HTTP/1.1");
    }
  }

  @Test
  void exemptHostsAreConnectedToDirectly() throws IOException {
    try (RawServer server = RawServer.answering(OK);
        HttpProxy proxy = new HttpProxy(null)) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .proxies(new ProxyRules(proxy.address(), "www.example.org", Map.of()))
              .connectTo("::127.0.0.1:" + server.port());
      assertAnswered(exchanges.fetch("http://www.example.org/"));
      assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void headersForTheProxyAreInConnectOnly() throws IOException {
    try (RawServer server = RawServer.answering(OK);
        HttpProxy proxy = new HttpProxy(null)) {
      ProxyRules rules =
          new ProxyRules(proxy.address(), null, Map.of())
              .with(List.of(new HeaderLine("X-Team", "crawl")));
      assertAnswered(
          Exchanges.byDefault()
              .proxies(rules)
              .connectTo("::127.0.0.1:" + server.port())
              .fetch("http://www.example.org/"));
      assertThat(proxy.requests().getFirst()).contains("\r\nX-Team: crawl\r\n");
      assertThat(server.requests().getFirst()).doesNotContain("X-Team");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 403 No\\r\\n\\r\\n | PROXY | opened no tunnel: 403 No",
        "HTTP/1.1 502 Bad\\r\\n\\r\\n | CONNECT | opened no tunnel: 502 Bad",
        "HTTP/1.1 407 Log in\\r\\n\\r\\n | PROXY | requires a user and password (407)",
        "nonsense\\r\\n | CONNECT | sent a response to CONNECT that is not HTTP",
        "'' | CONNECT | closed the connection without a response to CONNECT",
      })
  void aRefusalNamesTheProxy(String reply, FailureKind kind, String what) throws IOException {
    try (RawServer proxy =
        RawServer.answeringOnce(reply.replace("\\r", "\r").replace("\\n", "\n"))) {
      String address = "127.0.0.1:" + proxy.port();
      Outcome.Failed failure =
          Exchanges.byDefault()
              .proxy(address)
              .connectTo("::127.0.0.1:1")
              .failure("http://www.example.org/");
      assertThat(failure.message()).isEqualTo("the proxy " + address + " " + what);
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  @Test
  void aProxyThatIsGoneIsNamed() throws IOException {
    RawServer gone = RawServer.answering(OK);
    gone.close();
    assertThat(
            Exchanges.byDefault()
                .proxy("127.0.0.1:" + gone.port())
                .connectTo("::127.0.0.1:1")
                .failure("http://www.example.org/")
                .message())
        .isEqualTo("the proxy 127.0.0.1:" + gone.port() + " could not be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "socks5h://"})
  void aStatusOfTheServerIsNotTheProxys(String scheme) throws IOException {
    try (RawServer server =
            RawServer.answering("HTTP/1.1 407 Log in\r\nContent-Length: 2\r\n\r\nok");
        AutoCloseableProxy proxy = AutoCloseableProxy.of(scheme)) {
      Attempt attempt =
          Exchanges.byDefault()
              .proxy(scheme + proxy.address())
              .connectTo("::127.0.0.1:" + server.port())
              .fetch("http://www.example.org/");
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(407));
    }
  }

  @Test
  void theAddressOfATargetMustBePublicIfItIsToBe() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null)) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .denyPrivate()
              .proxy(proxy.address())
              .connectTo("::127.0.0.1:1")
              .failure("http://www.example.org/");
      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(proxy.requests()).isEmpty();
    }
  }
}
