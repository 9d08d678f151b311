package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.dns.NameService;
import fetch.http.settings.ConnectTo;
import fetch.http.settings.LocalAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectToTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static void assertReached(Attempt attempt, RawServer server) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.peer()).isEqualTo(new Attempt.Peer("127.0.0.1", server.port()));
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.org:80:127.0.0.1:%d, http://www.example.org/",
    "WWW.example.org::127.0.0.1:%d, http://www.example.org/",
    "::127.0.0.1:%d, http://www.example.org/",
    ":80:127.0.0.1:%d, http://www.example.org/",
    ":8080:127.0.0.1:%d, http://10.0.0.1:8080/",
    "[2001:db8::1]:8080:127.0.0.1:%d, http://[2001:db8::1]:8080/",
    "127.0.0.1:1::%d, http://127.0.0.1:1/"
  })
  void leadsElsewhereAndKeepsTheUrl(String rule, String url) throws IOException {
    try (RawServer server = RawServer.answering(OK);
        OkHttpExchange exchange =
            Exchanges.byDefault().connectTo(rule.formatted(server.port())).build()) {
      for (int i = 0; i < 2; i++) {
        Attempt attempt = exchange.execute(Exchanges.request(url));
        assertReached(attempt, server);
        assertThat(attempt.requests().urlEffective()).isEqualTo(url);
      }
      assertThat(server.requests().getFirst())
          .contains("\r\nHost: " + url.substring("http://".length()).replaceAll("(:80)?/", ""));
    }
  }

  @Test
  void otherUrlsAreLeftAlone() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Exchanges exchanges = Exchanges.byDefault().connectTo("a.example:80:b.example:1");
      assertReached(exchanges.fetch(server.url("/")), server);
    }
  }

  @Test
  void looksUpTheOtherHostOnly() throws IOException {
    NameService names =
        host -> {
          assertThat(host).isEqualTo("inside.example");
          return List.of(InetAddress.ofLiteral("127.0.0.1"));
        };
    try (RawServer server = RawServer.answering(OK)) {
      Exchanges exchanges =
          Exchanges.byDefault().names(names).connectTo("::inside.example:" + server.port());
      assertReached(exchanges.fetch("http://www.example.org/"), server);
      assertReached(exchanges.fetch("http://10.0.0.1/"), server);
    }
  }

  @Test
  void tlsChecksTheNameOfTheUrl() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(Certificates.server("www.example.org").sslSocketFactory());
          connection.readRequest();
          connection.send(OK);
        })) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .trusting(Certificates.authorities())
              .connectTo("::127.0.0.1:" + server.port());
      assertReached(exchanges.fetch("https://www.example.org/"), server);
      assertThat(exchanges.failure("https://other.example/").kind())
          .isEqualTo(FailureKind.TLS_CERTIFICATE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://www.example.org/", "http://192.0.9.1/", "http://10.0.0.1/"})
  void theAddressThatIsConnectedToMustBePublic(String url) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .denyPrivate()
              .connectTo("::127.0.0.1:" + server.port())
              .failure(url);
      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(failure.message()).isEqualTo("127.0.0.1 is at 127.0.0.1, a loopback address");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aFailureNamesWhatWasConnectedTo() throws IOException {
    RawServer gone = RawServer.answering(OK);
    gone.close();
    assertThat(
            Exchanges.byDefault()
                .connectTo("::127.0.0.1:" + gone.port())
                .failure("http://www.example.org/")
                .message())
        .isEqualTo("127.0.0.1:" + gone.port() + " refused the connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a:80", "a:80:b", "a:80:b:80:c", "a:x:b:80", "a:80:b:65536"})
  void whatIsNoRuleIsRefused(String text) {
    assertThatThrownBy(() -> ConnectTo.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.7", "host!127.0.0.7", "ifhost!lo!127.0.0.7"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "binds to 127.0.0.7 of the interface lo")
  void connectionsComeFromTheLocalAddress(String name) throws IOException {
    CompletableFuture<InetAddress> client = new CompletableFuture<>();
    try (RawServer server =
        RawServer.start(connection -> {
          client.complete(connection.socket().getInetAddress());
          connection.readRequest();
          connection.send(OK);
        })) {
      assertReached(
          Exchanges.byDefault().over(null, LocalAddress.parse(name)).fetch(server.url("/")),
          server);
      assertThat(client.join()).isEqualTo(InetAddress.ofLiteral("127.0.0.7"));
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "names the interface lo")
  void anInterfaceHasItsAddresses() {
    assertThat(LocalAddress.parse("if!lo").ipv4()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(LocalAddress.parse("lo").ipv4()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "if!127.0.0.1", "if!", "host!", "192.0.2.1", "host!192.0.2.1"})
  void whatIsNotOfThisMachineIsRefused(String name) {
    assertThatThrownBy(() -> LocalAddress.parse(name)).isInstanceOf(IllegalArgumentException.class);
  }
}
