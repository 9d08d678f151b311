package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.TlsOffer;
import fetch.http.tls.JavaTls;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.CryptoPrimitive;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.crypto.spec.DHPublicKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that BoringSSL does not agree with, or that someone says it does not agree with. */
class TlsFallbackTest {
  private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};
  private static final HeldCertificate ROOT = IssuedCertificate.root("Root");
  private static final String OK =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  private final List<String> log = new CopyOnWriteArrayList<>();

  private Exchanges exchanges() {
    return Exchanges.byDefault().trusting(Certificates.trusting(ROOT.certificate())).log(log::add);
  }

  private static HandshakeCertificates certificates(KeyPair keys) {
    HeldCertificate own = IssuedCertificate.server("127.0.0.1").keys(keys).issuedBy(ROOT);
    return new HandshakeCertificates.Builder().heldCertificate(own).build();
  }

  private static RawServer server(KeyPair keys, Consumer<SSLSocket> manner) throws IOException {
    HandshakeCertificates certificates = certificates(keys);
    return RawServer.start(connection -> {
      connection.startTls(certificates.sslSocketFactory(), manner);
      connection.readRequest();
      connection.send(OK);
    });
  }

  private static String url(RawServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  /** Each time anew: what was refused once is no reason to speak Java's TLS from then on. */
  private void expectFallbackEachTime(RawServer server) throws IOException {
    try (OkHttpExchange exchange = exchanges().build()) {
      for (int i = 1; i <= 2; i++) {
        assertThat(exchange.execute(request(url(server))).outcome())
            .isEqualTo(new Outcome.Responded(200));
        assertThat(server.connections()).isEqualTo(2 * i);
        assertThat(log).hasSize(i).last().asString().startsWith("127.0.0.1 refused the TLS hand");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "Ed448", "RSASSA-PSS"})
  void theCertificateMayBeOfAKindThatBoringSslLacks(String algorithm) throws IOException {
    try (RawServer server = server(IssuedCertificate.keys(algorithm, null), socket -> {})) {
      expectFallbackEachTime(server);
    }
  }

  @Test
  void theCertificateMayBeOfACurveThatBoringSslLacks() throws IOException {
    try (RawServer server = server(IssuedCertificate.ec("secp521r1"), socket -> {})) {
      expectFallbackEachTime(server);
    }
  }

  @Test
  void keysMayBeAgreedOnOverFiniteFields() throws IOException {
    Consumer<SSLSocket> old =
        socket -> {
          socket.setEnabledProtocols(new String[] {"TLSv1.2"});
          socket.setEnabledCipherSuites(new String[] {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"});
        };
    try (RawServer server = server(IssuedCertificate.rsa(2048), old)) {
      expectFallbackEachTime(server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "x25519"})
  void boringSslHasTheUsualGroups(String group) throws IOException {
    Consumer<SSLSocket> manner =
        socket -> {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setNamedGroups(new String[] {group});
          socket.setSSLParameters(parameters);
        };
    try (RawServer server = server(IssuedCertificate.ec("secp256r1"), manner)) {
      assertThat(exchanges().fetch(url(server)).outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(1);
      assertThat(log).isEmpty();
    }
  }

  @Test
  void aForgedAlertDoesNotWeakenTheNextConnection() throws IOException {
    HandshakeCertificates certificates = certificates(IssuedCertificate.ec("secp256r1"));
    try (RawServer server =
            RawServer.start(connection -> {
              if (connection.number() == 1) {
                connection.socket().getInputStream().read();
                connection.send(HANDSHAKE_FAILURE);
                connection.awaitClose();
              }
              connection.startTls(certificates.sslSocketFactory());
              connection.readRequest();
              connection.send(OK);
            });
        OkHttpExchange exchange = exchanges().build()) {
      Outcome.Failed failure = failed(exchange.execute(request(url(server))));
      assertThat(failure.kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(failure.message())
          .isEqualTo(
              "the TLS handshake failed: the server refused a TLS handshake and then"
                  + " accepted a weaker one");
      assertThat(server.requests()).isEmpty();
      assertThat(exchange.execute(request(url(server))).outcome())
          .isEqualTo(new Outcome.Responded(200));
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void otherAlertsAreNoReasonToTryAgain() throws IOException {
    byte[] unrecognizedName = {21, 3, 3, 0, 2, 2, 112};
    try (RawServer server =
        RawServer.start(connection -> {
          connection.socket().getInputStream().read();
          connection.send(unrecognizedName);
          connection.awaitClose();
        })) {
      assertThat(exchanges().failure(url(server)).kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void javasTlsOffersNoWeakSignatures() throws IOException {
    CompletableFuture<ClientHello> hello = new CompletableFuture<>();
    try (RawServer server =
        RawServer.start(connection -> {
          ClientHello read = ClientHello.read(connection.socket().getInputStream());
          if (connection.number() == 2) {
            hello.complete(read);
          }
          connection.send(HANDSHAKE_FAILURE);
          connection.awaitClose();
        })) {
      exchanges().failure(url(server));
    }
    assertThat(signatures(hello.join()))
        .hasSize(14)
        .allSatisfy(scheme -> {
          boolean legacy = scheme < 0x0800;
          assertThat(scheme >> 8).as("hash").isGreaterThanOrEqualTo(legacy ? 4 : 8);
          assertThat(legacy && (scheme & 0xff) == 2).as("DSA").isFalse();
        });
  }

  /** RFC 8446, section 4.2.3. */
  private static List<Integer> signatures(ClientHello hello) {
    ByteBuffer in =
        Objects.requireNonNull(hello.extensions().get(ClientHello.SIGNATURE_ALGORITHMS));
    List<Integer> schemes = new ArrayList<>();
    for (int i = in.getShort(); i > 0; i -= 2) {
      schemes.add((int) in.getShort());
    }
    return schemes;
  }

  @Test
  void javasTlsTakesNoShortKeysOfDiffieHellman() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    JavaTls.prepare(engine, "www.example.org", TlsOffer.ALL);
    KeyFactory factory = KeyFactory.getInstance("DH");
    for (int bits : new int[] {1024, 2048}) {
      BigInteger prime = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
      PublicKey key =
          factory.generatePublic(new DHPublicKeySpec(BigInteger.TEN, prime, BigInteger.TWO));
      assertThat(
              engine
                  .getSSLParameters()
                  .getAlgorithmConstraints()
                  .permits(EnumSet.of(CryptoPrimitive.KEY_AGREEMENT), key))
          .isEqualTo(bits >= 2048);
    }
    assertThat(engine.getEnabledCipherSuites()).noneMatch(suite -> suite.contains("_DSS_"));
    assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
  }
}
