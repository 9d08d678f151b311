package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.dns.NameService;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With each library alike. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class TlsTest {
  @Parameter private TlsLibrary library;

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static RawServer serving(HandshakeCertificates certificates, String answer)
      throws IOException {
    return RawServer.start(connection -> {
      connection.startTls(certificates.sslSocketFactory());
      connection.readRequest();
      connection.send(answer);
    });
  }

  private static String url(RawServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  private Exchanges byDefault() {
    return Exchanges.byDefault().library(library);
  }

  private Exchanges trusting() {
    return byDefault().trusting(Certificates.authorities());
  }

  private Outcome.Failed failure(HandshakeCertificates certificates) throws IOException {
    try (RawServer server = serving(certificates, OK)) {
      return trusting().failure(url(server));
    }
  }

  @Test
  void aServerSignedByATrustedAuthorityIsFetchedFrom() throws IOException {
    try (RawServer server = serving(Certificates.server("127.0.0.1"), OK)) {
      Attempt attempt = trusting().fetch(url(server));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.timings().connect()).isPositive();
      assertThat(attempt.timings().appconnect()).isGreaterThan(attempt.timings().connect());
      assertThat(attempt.timings().starttransfer()).isGreaterThan(attempt.timings().appconnect());
    }
  }

  @Test
  void theRuntimesAuthoritiesDoNotKnowOurs() throws IOException {
    try (RawServer server = serving(Certificates.server("127.0.0.1"), OK)) {
      assertThat(byDefault().failure(url(server)).kind()).isEqualTo(FailureKind.TLS_CERTIFICATE);
    }
  }

  static Stream<Arguments> badCertificates() {
    return Stream.of(
        Arguments.of(Certificates.expired("127.0.0.1"), "the certificate has expired: "),
        Arguments.of(Certificates.notYetValid("127.0.0.1"), "the certificate is not valid yet: "),
        Arguments.of(Certificates.selfSigned("127.0.0.1"), "the certificate's issuer is unknown"),
        Arguments.of(
            Certificates.server("other.example"),
            "the certificate is for another host: wanted 127.0.0.1, names are other.example"));
  }

  @ParameterizedTest
  @MethodSource("badCertificates")
  void aBadCertificateHasItsReason(HandshakeCertificates certificates, String message)
      throws IOException {
    Outcome.Failed failure = failure(certificates);
    assertThat(failure.kind()).isEqualTo(FailureKind.TLS_CERTIFICATE);
    assertThat(failure.message()).startsWith(message).doesNotContain("\n");
    assertThat(failure.status()).isZero();
  }

  /** The runtime's own search for a path among these takes minutes. */
  @Test
  void certificatesThatSignEachOtherAreRefusedAtOnce() throws IOException {
    KeyPair keys = IssuedCertificate.ec("secp256r1");
    HeldCertificate authority = IssuedCertificate.authority("X").keys(keys).selfSigned();
    HeldCertificate own = IssuedCertificate.server("127.0.0.1").issuedBy(authority);
    X509Certificate[] others = new X509Certificate[79];
    for (int i = 0; i < others.length; i++) {
      others[i] = IssuedCertificate.authority("X").issuedBy(authority).certificate();
    }
    Outcome.Failed failure =
        failure(new HandshakeCertificates.Builder().heldCertificate(own, others).build());
    assertThat(failure.kind()).isEqualTo(FailureKind.TLS_CERTIFICATE);
    assertThat(failure.message()).isEqualTo("the server sent more than 10 certificates");
  }

  /** In TLS 1.3 and 1.2, where the client's part of the handshake has the certificate. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void anUntrustedServerIsShownNoClientCertificate(String version) throws Exception {
    HeldCertificate client = IssuedCertificate.authority("Client").selfSigned();
    KeyStore store = Certificates.trusting(client.certificate());
    store.setKeyEntry(
        "client",
        client.keyPair().getPrivate(),
        new char[0],
        new X509Certificate[] {client.certificate()});
    HandshakeCertificates certificates = Certificates.trusting("127.0.0.1", client.certificate());
    CompletableFuture<Boolean> shown = new CompletableFuture<>();
    try (RawServer server =
        RawServer.start(connection -> {
          try {
            connection.startTls(
                certificates.sslSocketFactory(),
                secure -> {
                  secure.setEnabledProtocols(new String[] {version});
                  secure.setNeedClientAuth(true);
                });
            shown.complete(true);
          } catch (IOException e) {
            shown.complete(false);
          }
        })) {
      ClientIdentity identity = new ClientIdentity(store, "");
      assertThat(byDefault().identity(identity).failure(url(server)).message())
          .isEqualTo("the certificate's issuer is unknown");
      assertThat(shown.join()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("badCertificates")
  void insecureAcceptsEveryCertificate(HandshakeCertificates certificates, String message)
      throws IOException {
    try (RawServer server = serving(certificates, OK)) {
      assertThat(byDefault().insecure().fetch(url(server)).outcome())
          .as(message)
          .isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void authoritiesAreReadFromPem(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ca.pem"),
            "# two of them\n"
                + Certificates.AUTHORITY.certificatePem()
                + new okhttp3.tls.HeldCertificate.Builder().build().certificatePem());
    try (RawServer server = serving(Certificates.server("127.0.0.1"), OK)) {
      assertThat(byDefault().trusting(TlsSettings.authorities(file)).fetch(url(server)).outcome())
          .isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void aServerWithoutTlsFailsTheHandshake() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.socket().getInputStream().read();
          connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
          connection.awaitClose();
        })) {
      Outcome.Failed failure = trusting().failure(url(server));
      assertThat(failure.kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(failure.message()).matches("the TLS handshake failed: [\\w ,.:?-]+");
      assertThat(failure.status()).isZero();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aServerWithoutTls13IsFetchedFrom() throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(
              certificates.sslSocketFactory(),
              secure -> secure.setEnabledProtocols(new String[] {"TLSv1.2"}));
          connection.readRequest();
          connection.send(OK);
        })) {
      assertThat(trusting().fetch(url(server)).outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void aServerThatAgreesWithNobodyIsAskedAtMostTwice() throws IOException {
    byte[] handshakeFailure = {21, 3, 3, 0, 2, 2, 40};
    try (RawServer server =
            RawServer.start(connection -> {
              connection.socket().getInputStream().read();
              connection.send(handshakeFailure);
              connection.awaitClose();
            });
        OkHttpExchange exchange = trusting().build()) {
      Outcome.Failed failure = failed(exchange.execute(request(url(server))));
      assertThat(failure.kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(failure.message()).contains("handshake_failure").doesNotContain("\n");
      assertThat(server.connections()).isEqualTo(library == TlsLibrary.JDK ? 1 : 2);
    }
  }

  @Test
  void theServerIsToldTheNameUnlessItIsAnAddress() throws IOException {
    NameService loopback = host -> List.of(InetAddress.ofLiteral("127.0.0.1"));
    List<String> told = new CopyOnWriteArrayList<>();
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(certificates.sslSocketFactory());
          SSLSocket socket = (SSLSocket) connection.socket();
          ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
          told.add(session.getRequestedServerNames().toString());
          connection.readRequest();
          connection.send(OK);
        })) {
      Exchanges exchanges = byDefault().insecure().names(loopback);
      exchanges.fetch("https://www.example.org:" + server.port() + "/");
      exchanges.fetch(url(server));
      assertThat(told).hasSize(2);
      assertThat(told.get(0)).contains("www.example.org");
      assertThat(told.get(1)).isEqualTo("[]");
    }
  }

  @Test
  void aCloseInTheHandshakeIsATlsFailure() throws IOException {
    try (RawServer server = RawServer.start(c -> c.socket().getInputStream().readNBytes(100))) {
      Outcome.Failed failure = trusting().failure(url(server));
      assertThat(failure.kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(failure.message()).contains("in the TLS handshake");
    }
  }

  @Test
  void aResetInTheHandshakeIsATlsFailure() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.socket().getInputStream().read();
          connection.reset();
        })) {
      Outcome.Failed failure = trusting().failure(url(server));
      assertThat(failure.kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(failure.message()).contains("the connection broke in the TLS handshake");
    }
  }

  @Test
  void nothingIsAnEmptyReplyOverTlsToo() throws IOException {
    try (RawServer server = serving(Certificates.server("127.0.0.1"), "")) {
      assertThat(trusting().failure(url(server)).kind()).isEqualTo(FailureKind.EMPTY_REPLY);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 99999999", "X-No: length"})
  void aResetInTheBodyIsAResetOverTlsToo(String field) throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
        RawServer.start(connection -> {
          java.net.Socket tcp = connection.socket();
          connection.startTls(certificates.sslSocketFactory());
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n");
          connection.send(new byte[12_000_000]);
          tcp.setSoLinger(true, 0);
          tcp.close();
        })) {
      Outcome.Failed failure = trusting().failure(url(server));
      assertThat(failure.kind()).isEqualTo(FailureKind.RESET);
      assertThat(failure.message()).startsWith("the connection broke: ");
      assertThat(failure.status()).isEqualTo(200);
    }
  }

  @Test
  void aCutBodyIsPartialOverTlsToo() throws IOException {
    try (RawServer server =
        serving(
            Certificates.server("127.0.0.1"), "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")) {
      assertThat(trusting().failure(url(server)).kind()).isEqualTo(FailureKind.PARTIAL);
    }
  }

  /** Unlike a mere name, an address needs no look-up, but a name is what most certificates have. */
  @Test
  void aNameIsVerifiedAgainstTheCertificate() throws IOException {
    NameService loopback = host -> List.of(InetAddress.ofLiteral("127.0.0.1"));
    try (RawServer server = serving(Certificates.server("*.example.org"), OK)) {
      Exchanges exchanges = trusting().names(loopback);
      assertThat(exchanges.fetch("https://www.example.org:" + server.port() + "/").outcome())
          .isEqualTo(new Outcome.Responded(200));
      Attempt other = exchanges.fetch("https://example.org:" + server.port() + "/");
      assertThat(failed(other).message())
          .isEqualTo(
              "the certificate is for another host: wanted example.org, names are *.example.org");
    }
  }

  @Test
  void aServerThatSpeaksHttp11OnlyIsSpokenToInIt() throws IOException {
    try (RawServer server = serving(Certificates.server("127.0.0.1"), OK)) {
      Attempt attempt = trusting().version(HttpVersion.HTTP_1_1).fetch(url(server));
      assertThat(attempt.response().httpVersion()).isEqualTo("1.1");
      assertThat(server.requests().getFirst()).startsWith("GET / HTTP/1.1");
    }
  }
}
