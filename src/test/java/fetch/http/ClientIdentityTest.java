package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The forms in which OpenSSL writes certificates and keys, read back and used. */
class ClientIdentityTest {
  @TempDir static Path folder;

  /** Makes one certificate for an RSA key and one for an EC key, each key in all its forms. */
  @BeforeAll
  static void makeFiles() throws Exception {
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout rsa.pkcs8 -out rsa.crt -subj /CN=rsa");
    openssl("rsa -in rsa.pkcs8 -traditional -out rsa.pkcs1");
    openssl("ecparam -name prime256v1 -genkey -noout -out ec.sec1");
    openssl("ecparam -name secp384r1 -genkey -out ec384.params");
    openssl("req -x509 -key ec.sec1 -out ec.crt -subj /CN=ec");
    openssl("req -x509 -key ec384.params -out ec384.crt -subj /CN=ec384");
    openssl("pkcs8 -topk8 -nocrypt -in ec.sec1 -out ec.pkcs8");
    openssl("req -x509 -newkey ed25519 -nodes -keyout ed.pkcs8 -out ed.crt -subj /CN=ed");
    openssl("pkcs8 -topk8 -in rsa.pkcs8 -out rsa.aes -passout pass:secret -v2 aes256");
    openssl(
        "pkcs8 -topk8 -in rsa.pkcs8 -out rsa.sha1 -passout pass:secret -v2 aes128"
            + " -v2prf hmacWithSHA1");
    openssl("rsa -in rsa.pkcs8 -traditional -aes128 -out rsa.dek -passout pass:secret");
    openssl("pkcs12 -export -inkey rsa.pkcs8 -in rsa.crt -out rsa.p12 -passout pass:secret");
    openssl("pkcs12 -export -inkey ec.sec1 -in ec.crt -out ec.p12 -passout pass:");
    Files.writeString(
        folder.resolve("both.pem"),
        "# key first\n" + read("rsa.pkcs1") + "\n# then the certificate\n" + read("rsa.crt"));
    openssl("pkcs12 -export -nokeys -in rsa.crt -out keyless.p12 -passout pass:secret");
    openssl("x509 -in rsa.crt -outform DER -out rsa.der");
    openssl("genpkey -algorithm RSA -out other.pkcs8");
    Files.writeString(folder.resolve("dsa.key"), pem("PRIVATE KEY", dsaKey()));
    Files.writeString(folder.resolve("cut.key"), pem("PRIVATE KEY", new byte[] {0x30, 9, 1}));
    Files.writeString(folder.resolve("cut.crt"), pem("CERTIFICATE", new byte[] {0x30, 9, 1}));
    byte[] p12 = Files.readAllBytes(folder.resolve("rsa.p12"));
    Files.write(folder.resolve("cut.p12"), Arrays.copyOf(p12, p12.length / 2));
    Files.createDirectory(folder.resolve("directory"));
    Files.writeString(folder.resolve("empty.pem"), "");
  }

  private static byte[] dsaKey() {
    return IssuedCertificate.keys("DSA", null).getPrivate().getEncoded();
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private static ClientIdentity identity(String cert, String key, String password)
      throws IOException {
    return ClientIdentity.read(
        folder.resolve(cert), key == null ? null : folder.resolve(key), password);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.pkcs8, '', rsa",
    "rsa.crt, rsa.pkcs1, '', rsa",
    "rsa.crt, rsa.aes, secret, rsa",
    "rsa.crt, rsa.sha1, secret, rsa",
    "both.pem, , '', rsa",
    "both.pem, rsa.pkcs8, '', rsa",
    "rsa.p12, , secret, rsa",
    "ec.crt, ec.pkcs8, '', ec",
    "ec.crt, ec.sec1, '', ec",
    "ec384.crt, ec384.params, '', ec384",
    "ec.p12, , '', ec",
    "ed.crt, ed.pkcs8, '', ed"
  })
  void theKeyBelongsToTheCertificate(String cert, String key, String password, String name)
      throws Exception {
    ClientIdentity identity = identity(cert, key, password);
    KeyStore store = identity.store();
    String alias = store.aliases().nextElement();
    PrivateKey secret = (PrivateKey) store.getKey(alias, identity.password().toCharArray());
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(secret);
    signature.update(new byte[] {1, 2, 3});
    byte[] signed = signature.sign();
    signature.initVerify(store.getCertificate(alias));
    signature.update(new byte[] {1, 2, 3});
    assertThat(signature.verify(signed)).isTrue();
    assertThat(store.getCertificate(alias).toString()).contains("CN=" + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rsa.p12 | | wrong | rsa.p12 | the password is wrong",
        "rsa.p12 | | '' | rsa.p12 | the file is encrypted; --cert=FILE:PASSWORD gives its password",
        "keyless.p12 | | secret | keyless.p12 | holds no private key",
        "rsa.der | | '' | rsa.der | is neither PEM nor PKCS #12",
        "rsa.p12 | rsa.pkcs8 | secret | rsa.pkcs8 | the PKCS #12 file of --cert has its own key",
        "cut.p12 | | secret | cut.p12 | is neither PEM nor PKCS #12",
        "rsa.crt | rsa.aes | wrong | rsa.aes | the password is wrong",
        "rsa.crt | rsa.sha1 | wrong | rsa.sha1 | the password is wrong",
        "rsa.crt | rsa.aes | '' | rsa.aes"
            + " | the key is encrypted; --cert=FILE:PASSWORD gives its password",
        "rsa.crt | rsa.dek | secret | rsa.dek | the key is encrypted in OpenSSL's old form;"
            + " 'openssl pkcs8 -topk8 -v2 aes256' converts it",
        "rsa.crt | dsa.key | '' | dsa.key | the key is damaged, or neither RSA, EC nor Ed25519",
        "rsa.crt | cut.key | '' | cut.key | the key is damaged, or neither RSA, EC nor Ed25519",
        "rsa.crt | ec.pkcs8 | '' | ec.pkcs8 | the key does not belong to the certificate in",
        "rsa.crt | other.pkcs8 | '' | other.pkcs8 | the key does not belong to the certificate in",
        "rsa.crt | | '' | rsa.crt | holds no private key; --key=FILE names the file that does",
        "rsa.crt | rsa.crt | '' | rsa.crt | holds no private key",
        "rsa.crt | rsa.p12 | secret | rsa.p12 | holds no private key in PEM",
        "rsa.pkcs8 | | '' | rsa.pkcs8 | holds no certificate",
        "cut.crt | rsa.pkcs8 | '' | cut.crt | the certificate cannot be read",
        "empty.pem | | '' | empty.pem | the file is empty",
        "rsa.crt | empty.pem | '' | empty.pem | the file is empty",
        "directory | | '' | directory | is a directory",
        "rsa.crt | directory | '' | directory | is a directory"
      })
  void whatCannotBeUsedIsAComplaintThatNamesTheFile(
      String cert, String key, String password, String named, String reason) {
    assertThatThrownBy(() -> identity(cert, key, password))
        .isInstanceOfSatisfying(
            FileSystemException.class,
            e -> {
              assertThat(e.getFile()).isEqualTo(folder.resolve(named).toString());
              assertThat(e.getReason()).startsWith(reason);
            });
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> identity("rsa.crt", "missing.pem", ""))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("missing.pem").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "empty.pem, the file is empty",
    "directory, is a directory",
    "rsa.pkcs8, holds no certificate in PEM",
    "cut.crt, 'holds no certificate in PEM, or a damaged one'",
    "rsa.p12, 'holds no certificate in PEM, or a damaged one'"
  })
  void whatHoldsNoAuthoritiesIsAComplaintThatNamesTheFile(String name, String reason) {
    assertThatThrownBy(() -> TlsSettings.authorities(folder.resolve(name)))
        .isInstanceOfSatisfying(
            FileSystemException.class,
            e -> {
              assertThat(e.getFile()).isEqualTo(folder.resolve(name).toString());
              assertThat(e.getReason()).startsWith(reason);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE, rsa.p12, ,secret, rsa",
    "NATIVE, both.pem, , '', rsa",
    "NATIVE, ec.p12, , '', ec",
    "NATIVE, ec384.crt, ec384.params, '', ec384",
    "NATIVE, ed.crt, ed.pkcs8, '', ed",
    "JDK, both.pem, , '', rsa",
    "JDK, ec.p12, , '', ec",
    "JDK, ed.crt, ed.pkcs8, '', ed",
  })
  void serversThatAskForItGetIt(
      TlsLibrary library, String cert, String key, String password, String name)
      throws IOException {
    ClientIdentity identity = identity(cert, key, password);
    try (RawServer server = demandingIdentity(name + ".crt")) {
      Attempt attempt =
          Exchanges.byDefault()
              .library(library)
              .insecure()
              .identity(identity)
              .fetch("https://127.0.0.1:" + server.port() + "/");
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.response().contentType()).isEqualTo("CN=" + name);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void serversThatAskForItAndDoNotGetItHangUp(TlsLibrary library) throws IOException {
    try (RawServer server = demandingIdentity("rsa.crt")) {
      Outcome.Failed failure =
          Exchanges.byDefault()
              .library(library)
              .insecure()
              .failure("https://127.0.0.1:" + server.port() + "/");
      assertThat(failure.kind()).isIn(FailureKind.TLS_HANDSHAKE, FailureKind.RESET);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void hostsThatAreNotNamedDoNotGetIt(TlsLibrary library) throws IOException {
    try (RawServer server = demandingIdentity("rsa.crt");
        RawServer elsewhere =
            RawServer.answering(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: https://127.0.0.1:"
                    + server.port()
                    + "/\r\n\r\n")) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .library(library)
              .insecure()
              .identity(identity("rsa.p12", null, "secret"));

      String url = "https://127.0.0.1:" + server.port() + "/";
      exchanges.credentialsFor("other.example");
      assertThat(exchanges.failure(url).kind()).isIn(FailureKind.TLS_HANDSHAKE, FailureKind.RESET);
      exchanges.credentialsFor("all");
      assertThat(exchanges.failure(elsewhere.url("/")).kind())
          .isIn(FailureKind.TLS_HANDSHAKE, FailureKind.RESET);
      assertThat(exchanges.fetch(url).response().contentType()).isEqualTo("CN=rsa");
      exchanges.credentialsFor("127.0.0.1:" + server.port());
      assertThat(exchanges.fetch(elsewhere.url("/")).response().contentType()).isEqualTo("CN=rsa");
    }
  }

  @Test
  void namedAndOtherHostsGetTheirOwnConnectionsInOneRun() throws IOException {
    try (RawServer server = demandingIdentity("rsa.crt");
        OkHttpExchange exchange =
            Exchanges.byDefault()
                .insecure()
                .identity(identity("rsa.p12", null, "secret"))
                .credentialsFor("127.0.0.1")
                .resolve("localhost:" + server.port() + ":127.0.0.1")
                .build()) {
      for (int i = 0; i < 2; i++) {
        String url = "https://127.0.0.1:" + server.port() + "/";
        assertThat(exchange.execute(Exchanges.request(url)).response().contentType())
            .isEqualTo("CN=rsa");
        Attempt other = exchange.execute(Exchanges.request(url.replace("127.0.0.1", "localhost")));
        assertThat(Exchanges.failed(other).kind())
            .isIn(FailureKind.TLS_HANDSHAKE, FailureKind.RESET);
      }
    }
  }

  /** Answers with the client's name as the content type. */
  private static RawServer demandingIdentity(String certificate) throws IOException {
    X509Certificate client = okhttp3.tls.Certificates.decodeCertificatePem(read(certificate));
    HandshakeCertificates certificates = Certificates.trusting("127.0.0.1", client);
    return RawServer.start(connection -> {
      connection.startTls(
          certificates.sslSocketFactory(), secure -> secure.setNeedClientAuth(true));
      connection.readRequest();
      SSLSocket socket = (SSLSocket) connection.socket();
      connection.send(
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Type: "
              + socket.getSession().getPeerPrincipal().getName()
              + "\r\n\r\n");
    });
  }
}
