package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies refuse: RFC 9110, sections 9.3.6 and 15.5.8, and RFC 1928. */
class ProxyAccessTest {
  private static final String LOGIN = "Basic am86c2VjcmV0";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static void assertRefused(Outcome.Failed failure, String message) {
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.kind()).isEqualTo(FailureKind.PROXY);
  }

  @Test
  void aWrongPasswordIsOneErrorForHttpAndHttps() throws IOException {
    for (String scheme : List.of("http", "https")) {
      try (HttpProxy proxy = new HttpProxy(LOGIN)) {
        Outcome.Failed failure =
            Exchanges.byDefault()
                .proxy("jo:wrong@" + proxy.address())
                .failure(scheme + "://a.example/");
        assertRefused(failure, "the proxy " + proxy.address() + " refused the user and password");
        assertThat(proxy.requests()).hasSize(1);
      }
    }
  }

  @Test
  void aMissingPasswordIsSaid() throws IOException {
    try (HttpProxy proxy = new HttpProxy(LOGIN)) {
      for (String scheme : List.of("http", "https")) {
        assertRefused(
            Exchanges.byDefault().proxy(proxy.address()).failure(scheme + "://a.example/"),
            "the proxy " + proxy.address() + " requires a user and password (407)");
      }
    }
  }

  /** Proxies lock accounts after a few wrong passwords. */
  @Test
  void aWrongPasswordIsSentOnceForTheWholeRun() throws IOException {
    try (HttpProxy proxy = new HttpProxy(LOGIN);
        OkHttpExchange exchange =
            Exchanges.byDefault().proxy("jo:wrong@" + proxy.address()).build()) {
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String scheme = i % 2 == 0 ? "http" : "https";
        attempts.add(
            Exchanges.Way.EXECUTE.start(
                exchange, Exchanges.request(scheme + "://host" + i + ".example/")));
      }
      for (CompletableFuture<Attempt> attempt : attempts) {
        assertRefused(
            Exchanges.failed(attempt.join()),
            "the proxy " + proxy.address() + " refused the user and password");
      }
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void aWrongSocksPasswordIsSentOnceForTheWholeRun() throws IOException {
    try (SocksProxy proxy = new SocksProxy("jo:secret");
        OkHttpExchange exchange =
            Exchanges.byDefault().proxy("socks5h://jo:wrong@" + proxy.address()).build()) {
      for (int i = 0; i < 3; i++) {
        assertRefused(
            Exchanges.failed(exchange.execute(Exchanges.request("http://a.example/"))),
            "the proxy " + proxy.address() + " refused the user and password");
      }
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  /** Sends this to the client after its greeting, and closes. */
  private static RawServer socks(int... reply) throws IOException {
    return RawServer.start(connection -> {
      connection.socket().getInputStream().readNBytes(3);
      connection.send(new byte[] {5, 0});
      connection.socket().getInputStream().readNBytes(4 + 1 + "a.example".length() + 2);
      byte[] bytes = new byte[reply.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) reply[i];
      }
      connection.send(bytes);
    });
  }

  @ParameterizedTest
  @CsvSource({
    "1, CONNECT, could not connect to the host",
    "2, PROXY, does not allow the connection",
    "3, CONNECT, found no route to the host",
    "4, CONNECT, found no route to the host",
    "5, CONNECT, was refused the connection by the host",
    "6, CONNECT, found no route to the host",
    "7, PROXY, does not support the request",
    "8, PROXY, does not support the request"
  })
  void whatSocksRefusesIsSaidInOurWords(int code, FailureKind kind, String what)
      throws IOException {
    try (RawServer proxy = socks(5, code, 0, 1, 0, 0, 0, 0, 0, 0)) {
      String address = "127.0.0.1:" + proxy.port();
      Outcome.Failed failure =
          Exchanges.byDefault().proxy("socks5h://" + address).failure("http://a.example/");
      assertThat(failure.message()).isEqualTo("the proxy " + address + " " + what);
      assertThat(failure.kind()).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad\r\n\r\n", ""})
  void whatIsNoSocksProxyIsSaid(String reply) throws IOException {
    try (RawServer proxy =
        RawServer.start(connection -> {
          connection.socket().getInputStream().readNBytes(3);
          connection.send(reply);
        })) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .proxy("socks5h://127.0.0.1:" + proxy.port())
              .failure("http://a.example/");
      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
      assertThat(failure.message()).startsWith("the proxy 127.0.0.1:" + proxy.port() + " ");
    }
  }

  private static Outcome.Failed tunnelThrough(String reply) throws IOException {
    try (RawServer proxy = RawServer.answeringOnce(reply)) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .maxTime(Duration.ofSeconds(10))
              .proxy("127.0.0.1:" + proxy.port())
              .failure("https://a.example/");
      String start = "the proxy 127.0.0.1:" + proxy.port() + " ";
      assertThat(failure.message()).startsWith(start);
      assertThat(failure.status()).isZero();
      return new Outcome.Failed(
          failure.kind(), failure.message().substring(start.length()), 0, failure.cause());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "101 Switching Protocols, PROXY",
    "403 Forbidden, PROXY",
    "404, PROXY",
    "302 Found, PROXY",
    "429 Too Many, CONNECT",
    "502 Bad Gateway, CONNECT",
    "503 Service Unavailable, CONNECT"
  })
  void aProxyThatOpensNoTunnelIsSaid(String status, FailureKind kind) throws IOException {
    Outcome.Failed failure =
        tunnelThrough("HTTP/1.1 " + status + "\r\nContent-Length: 1000000\r\n\r\nno");
    assertThat(failure.message()).isEqualTo("opened no tunnel: " + status);
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @Test
  void aProxyThatHangsUpOrSpeaksNoHttpIsSaid() throws IOException {
    assertThat(tunnelThrough("").message())
        .isEqualTo("closed the connection without a response to CONNECT");
    assertThat(tunnelThrough("HTTP/1.1 200 OK\r\n").message())
        .isEqualTo("closed the connection inside its response to CONNECT");
    assertThat(tunnelThrough("SSH-2.0-x\r\n").message())
        .isEqualTo("sent a response to CONNECT that is not HTTP");
    assertThat(tunnelThrough("HTTP/1.1 -12 OK\r\n\r\n").message())
        .isEqualTo("sent a response to CONNECT that is not HTTP");
    assertThat(tunnelThrough("HTTP/1.1 200 OK\r\nX: " + "x".repeat(300_000)).message())
        .isEqualTo("sent a response to CONNECT with more than 256 KiB of headers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 Connected\r\n\r\n",
        "HTTP/1.0 200\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 299 Fine\r\nContent-Length: 1000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\nA: b\n\n"
      })
  void anySuccessOpensTheTunnelWhateverItsFieldsSay(String reply) throws IOException {
    try (RawServer server =
            RawServer.start(connection -> {
              connection.startTls(Certificates.server("a.example").sslSocketFactory());
              connection.readRequest();
              connection.send(OK);
            });
        RawServer proxy =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(reply);
              Tunnel.join(
                  connection.socket(), new Socket(InetAddress.getLoopbackAddress(), server.port()));
            })) {
      Attempt attempt =
          Exchanges.byDefault()
              .trusting(Certificates.authorities())
              .proxy("127.0.0.1:" + proxy.port())
              .fetch("https://a.example/");
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().downloaded()).isEqualTo(2);
      assertThat(proxy.requests().getFirst())
          .startsWith("CONNECT a.example:443 HTTP/1.1\r\n")
          .contains("\r\nUser-Agent: fetch/test\r\n");
    }
  }
}
