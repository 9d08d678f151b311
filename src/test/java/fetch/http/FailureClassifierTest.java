package fetch.http;

import static fetch.http.Exchanges.failed;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.dns.NameService;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.NetworkSettings.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends that an attempt comes to below HTTP. */
class FailureClassifierTest {
  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void assertFailure(Outcome.Failed failure, FailureKind kind, String message) {
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.status()).isZero();
  }

  /** The store has not been loaded, which only a test can do. */
  @Test
  void aRuntimeWithoutTlsIsSaidInPlainWords() throws KeyStoreException {
    ClientIdentity broken = new ClientIdentity(KeyStore.getInstance("PKCS12"), "");
    Outcome.Failed failure = Exchanges.byDefault().identity(broken).failure("https://127.0.0.1:9/");
    assertFailure(failure, FailureKind.TLS_HANDSHAKE, "the Java runtime cannot set up TLS");
    assertThat(failure.cause()).contains("keystore");
  }

  @Test
  void anUnknownNameIsADnsFailure() {
    assertFailure(
        Exchanges.byDefault().failure("http://nowhere.example/"),
        FailureKind.DNS,
        "nowhere.example: no address");
  }

  @Test
  void theNameServiceMayGiveItsReason() {
    NameService failing =
        host -> {
          throw new UnknownHostException(host + ": Non-recoverable failure in name resolution");
        };
    assertFailure(
        Exchanges.byDefault().names(failing).failure("http://nowhere.example/"),
        FailureKind.DNS,
        "nowhere.example: Non-recoverable failure in name resolution");
  }

  @Test
  void aBrokenNameServiceIsADnsFailure() {
    NameService broken =
        host -> {
          throw new IllegalStateException("out of order");
        };
    assertFailure(
        Exchanges.byDefault().names(broken).failure("http://nowhere.example/"),
        FailureKind.DNS,
        "nowhere.example: out of order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aClosedPortIsAConnectFailure(String scheme) throws IOException {
    int port = unusedPort();
    assertFailure(
        Exchanges.byDefault().failure(scheme + "://127.0.0.1:" + port + "/"),
        FailureKind.CONNECT,
        "127.0.0.1:" + port + " refused the connection");
    assertFailure(
        Exchanges.byDefault().failure(scheme + "://[::1]:" + port + "/"),
        FailureKind.CONNECT,
        "[::1]:" + port + " refused the connection");
  }

  @Test
  @DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
  void aNameWhoseAddressesAllRefuseIsAConnectFailure() throws IOException {
    int port = unusedPort();
    NameService names =
        host -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2"));
    Outcome.Failed failure =
        Exchanges.byDefault().names(names).failure("https://two.example:" + port + "/");
    assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
    assertThat(failure.message()).contains("refused the connection");
  }

  @Test
  void anAddressOfTheOtherFamilyIsADnsFailure() {
    assertFailure(
        Exchanges.byDefault().family(AddressFamily.IPV6).failure("http://127.0.0.1/"),
        FailureKind.DNS,
        "127.0.0.1: not an IPv6 address");
    assertFailure(
        Exchanges.byDefault().family(AddressFamily.IPV4).failure("http://[::1]/"),
        FailureKind.DNS,
        "::1: not an IPv4 address");
  }

  @Test
  void nothingIsAnEmptyReply() throws IOException {
    try (RawServer server = RawServer.answeringOnce("")) {
      assertFailure(
          Exchanges.byDefault().failure(server.url("/")),
          FailureKind.EMPTY_REPLY,
          "the server closed the connection without a response");
    }
  }

  @Test
  void nothingAfterAnInterimAnswerIsAnEmptyReplyToo() throws IOException {
    try (RawServer server = RawServer.answeringOnce("HTTP/1.1 100 Continue\r\n\r\n")) {
      assertThat(Exchanges.byDefault().failure(server.url("/")).kind())
          .isEqualTo(FailureKind.EMPTY_REPLY);
    }
  }

  @Test
  void aResetBeforeTheAnswerIsAReset() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.reset();
        })) {
      assertFailure(
          Exchanges.byDefault().failure(server.url("/")),
          FailureKind.RESET,
          "the connection broke: Connection reset");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** So much is sent before the reset that the client must have read the header section. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 99999999\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5f5e0ff\r\n",
        "X-No: length\r\n\r\n"
      })
  void aResetInTheBodyIsAReset(String rest) throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n" + rest);
          connection.send(new byte[20_000_000]);
          connection.reset();
        })) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.RESET);
      assertThat(failed(attempt).message()).isEqualTo("the connection broke: Connection reset");
      assertThat(failed(attempt).status()).isEqualTo(200);
      assertThat(attempt.response().contentType()).isEqualTo("a/b");
      assertThat(attempt.response().httpVersion()).isEqualTo("1.1");
    }
  }

  @Test
  void theRecordNamesThePeer() throws IOException {
    try (RawServer server = RawServer.answeringOnce("HTTP/1.1 200 OK\r\n\r\n")) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(attempt.peer().ip()).isEqualTo("127.0.0.1");
      assertThat(attempt.peer().port()).isEqualTo(server.port());
    }
  }

  /** A password is in the URL in every case; none may show it. */
  @Test
  void noFailureShowsAPassword() throws IOException {
    try (RawServer empty = RawServer.answeringOnce("");
        RawServer garbage = RawServer.answeringOnce("garbage\r\n\r\n");
        RawServer cut = RawServer.answeringOnce("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")) {
      for (String authority :
          List.of(
              "nowhere.example",
              "127.0.0.1:" + unusedPort(),
              "127.0.0.1:" + empty.port(),
              "127.0.0.1:" + garbage.port(),
              "127.0.0.1:" + cut.port())) {
        Attempt attempt = Exchanges.byDefault().fetch("http://jo:secret@" + authority + "/");
        assertThat(attempt.toString()).contains("Failed").doesNotContain("secret");
      }
    }
  }
}
