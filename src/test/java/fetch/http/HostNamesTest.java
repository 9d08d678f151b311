package fetch.http;

import static fetch.http.Exchanges.failed;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Outcome;
import fetch.http.dns.NameService;
import fetch.http.settings.TlsLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names servers are told, and which certificates serve which hosts; with each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class HostNamesTest {
  private static final HeldCertificate ROOT = IssuedCertificate.root("Root");
  private static final NameService LOOPBACK = host -> List.of(InetAddress.ofLiteral("127.0.0.1"));

  @Parameter private TlsLibrary library;

  private Exchanges exchanges() {
    KeyStore trusted = Certificates.trusting(ROOT.certificate());
    return Exchanges.byDefault().library(library).trusting(trusted).names(LOOPBACK);
  }

  /** Java's own server does not take all of these names. */
  private static SSLSocketFactory serving(String name) {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(IssuedCertificate.server(name).issuedBy(ROOT))
            .build();
    try {
      SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
      KeyManager[] keys = {certificates.keyManager()};
      context.init(keys, null, new SecureRandom());
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Attempt fetch(String host, String certified) throws IOException {
    SSLSocketFactory tls = serving(certified);
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(tls);
          connection.readRequest();
          connection.send("HTTP/1.1 204 No Content\r\n\r\n");
        })) {
      return exchanges().fetch("https://" + host + ":" + server.port() + "/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.org, www.example.org",
    "WWW.example.org, www.EXAMPLE.org",
    "www.example.org, *.example.org",
    "www.example.org., www.example.org",
    "www.example.org., *.example.org",
    "www.example.org, www.example.org.",
    "example.org, example.org",
    "a_b.example.org, *.example.org",
    "foo-.example.org, *.example.org",
    "-foo.example.org, *.example.org",
    "a~b.example.org, *.example.org",
    "mün_chen.example.org, *.example.org",
    "intranet, intranet",
    "localhost, localhost"
  })
  void acceptsACertificateForTheHost(String host, String certified) throws IOException {
    assertThat(fetch(host, certified).outcome()).isEqualTo(new Outcome.Responded(204));
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, *.org",
    "example.org., *.org.",
    "example.org, *",
    "intranet, *",
    "intranet, *.",
    "a.b.example.org, *.example.org",
    "example.org, *.example.org",
    "www.example.org, w*.example.org",
    "www.example.org, *w.example.org",
    "www.example.org, *.*.org",
    "www.example.org, www.*.org",
    "www.example.org, ww.example.org",
    "www.example.org, .example.org"
  })
  void refusesACertificateForOthers(String host, String certified) throws IOException {
    assertThat(failed(fetch(host, certified)).message())
        .startsWith("the certificate is for another host: wanted " + host);
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.org, www.example.org",
    "www.example.org., www.example.org",
    "intranet, intranet",
    "intranet., intranet",
    "a_b.example.org, a_b.example.org",
    "mün_chen.example.org, xn--mn_chen-n2a.example.org",
    "foo-.example.org, foo-.example.org"
  })
  void tellsTheServerTheNameWithoutADotAtTheEnd(String host, String told) throws IOException {
    CompletableFuture<String> hello = new CompletableFuture<>();
    try (RawServer server = RawServer.start(connection -> hello.complete(readRecord(connection)))) {
      exchanges().fetch("https://" + host + ":" + server.port() + "/");
    }
    char type = 0;
    assertThat(hello.join()).contains("" + type + type + (char) told.length() + told);
    assertThat(hello.join()).doesNotContain(told + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void doesNotTellTheServerAnAddress(String host) throws IOException {
    CompletableFuture<String> hello = new CompletableFuture<>();
    InetAddress address = InetAddress.getByName(host);
    try (RawServer server =
        RawServer.startAt(address, 0, connection -> hello.complete(readRecord(connection)))) {
      exchanges().fetch("https://" + host + ":" + server.port() + "/");
    }
    assertThat(hello.join()).doesNotContain("127.0.0.1").doesNotContain("::1");
  }

  private static String readRecord(RawServer.Connection connection) throws IOException {
    byte[] head = connection.socket().getInputStream().readNBytes(5);
    int length = (head[3] & 0xff) << 8 | (head[4] & 0xff);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(connection.socket().getInputStream().readNBytes(length));
    return record.toString(StandardCharsets.ISO_8859_1);
  }
}
