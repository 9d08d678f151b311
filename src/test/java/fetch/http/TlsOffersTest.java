package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.PublicKeyPins;
import fetch.http.settings.TlsCipher;
import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsOffer;
import fetch.http.settings.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions, cipher suites and pinned keys, with each library alike. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class TlsOffersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final List<TlsCipher> ALL = TlsOffer.ALL.ciphers();

  @Parameter private TlsLibrary library;

  @TempDir private Path directory;

  private final HandshakeCertificates certificates = Certificates.server("127.0.0.1");
  private final CompletableFuture<String> agreed = new CompletableFuture<>();

  private RawServer server(Consumer<SSLSocket> setup) throws IOException {
    return RawServer.start(connection -> {
      connection.startTls(certificates.sslSocketFactory(), setup);
      if (connection.socket() instanceof SSLSocket secure) {
        agreed.complete(
            secure.getSession().getProtocol() + " " + secure.getSession().getCipherSuite());
      }
      connection.readRequest();
      connection.send(OK);
    });
  }

  private Exchanges trusting() {
    return Exchanges.byDefault().library(library).trusting(Certificates.authorities());
  }

  private static String url(RawServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  private static TlsOffer versions(TlsVersion least, TlsVersion most) {
    return new TlsOffer(least, most, ALL);
  }

  private PublicKey key() {
    return certificates.keyManager().getCertificateChain("private")[0].getPublicKey();
  }

  @Test
  void anOldServerIsRefusedByAYoungerMinimum() throws IOException {
    try (RawServer server =
        server(secure -> secure.setEnabledProtocols(new String[] {"TLSv1.2"}))) {
      Outcome.Failed failure =
          trusting()
              .tls(versions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3), PublicKeyPins.NONE)
              .failure(url(server));
      assertThat(failure.kind()).isEqualTo(FailureKind.TLS_HANDSHAKE);
      assertThat(trusting().fetch(url(server)).outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void aNewServerSpeaksTheMaximum() throws IOException {
    try (RawServer server = server(secure -> {})) {
      trusting()
          .tls(versions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2), PublicKeyPins.NONE)
          .fetch(url(server));
      assertThat(agreed.join()).startsWith("TLSv1.2 ");
    }
  }

  @Test
  void theChosenCipherSuiteIsTheOnlyOneOfTls12() throws IOException {
    List<TlsCipher> chosen = TlsCipher.parse("ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA");
    try (RawServer server = server(secure -> {})) {
      trusting()
          .tls(new TlsOffer(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2, chosen), PublicKeyPins.NONE)
          .fetch(url(server));
      assertThat(agreed.join()).matches("TLSv1.2 TLS_ECDHE_(ECDSA|RSA)_WITH_AES_256_CBC_SHA");
    }
  }

  @Test
  void tls13HasItsOwnCipherSuitesWhateverIsChosen() throws IOException {
    List<TlsCipher> chosen = TlsCipher.parse("AES128-SHA");
    try (RawServer server = server(secure -> {})) {
      trusting()
          .tls(new TlsOffer(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, chosen), PublicKeyPins.NONE)
          .fetch(url(server));
      assertThat(agreed.join()).startsWith("TLSv1.3 TLS_AES_");
    }
  }

  @Test
  void aPinnedKeyIsAccepted() throws IOException {
    PublicKeyPins pins =
        PublicKeyPins.parse(
            "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;" + PublicKeyPins.pin(key()));
    try (RawServer server = server(secure -> {})) {
      assertThat(trusting().tls(TlsOffer.ALL, pins).fetch(url(server)).outcome())
          .isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void anotherKeyIsAFailureOfTlsEvenWhereAnyCertificateWillDo() throws IOException {
    PublicKeyPins pins =
        PublicKeyPins.parse("sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    try (RawServer server = server(secure -> {})) {
      for (Exchanges exchanges : List.of(trusting(), trusting().insecure())) {
        Outcome.Failed failure = exchanges.tls(TlsOffer.ALL, pins).failure(url(server));
        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_PIN);
        assertThat(failure.message())
            .isEqualTo(
                "the server's public key is not the pinned one: it is " + PublicKeyPins.pin(key()));
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aPinnedKeyDoesNotMakeABadCertificateGood() throws IOException {
    try (RawServer server = server(secure -> {})) {
      assertThat(
              Exchanges.byDefault()
                  .library(library)
                  .tls(TlsOffer.ALL, PublicKeyPins.parse(PublicKeyPins.pin(key())))
                  .failure(url(server))
                  .kind())
          .isEqualTo(FailureKind.TLS_CERTIFICATE);
    }
  }

  @Test
  void keysComeFromFilesInPemAndDer() throws IOException {
    Path der = Files.write(directory.resolve("key.der"), key().getEncoded());
    Path pem =
        Files.writeString(
            directory.resolve("key.pem"),
            "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
    assertThat(PublicKeyPins.read(der)).isEqualTo(PublicKeyPins.read(pem));
    assertThat(PublicKeyPins.read(pem).accepts(key())).isTrue();
  }
}
