package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsSettings;
import fetch.http.tls.Tls;
import fetch.http.tls.TlsSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that go on in another connection (RFC 8446, section 2.2); with each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class TlsResumptionTest {
  @Parameter private TlsLibrary library;

  /** The server has one certificate for all names. */
  @ParameterizedTest
  @CsvSource({"localhost, true", "another.example, false"})
  void offersASessionToItsServerOnly(String second, boolean offered) throws Exception {
    SSLSocketFactory factory = Certificates.server("localhost").sslSocketFactory();
    CompletableFuture<ClientHello> hello = new CompletableFuture<>();
    Tls tls = new Tls(new TlsSettings(true, null, null, library, message -> {}));
    TlsSockets sockets = tls.sockets(tls.trust(), false);
    try (RawServer server =
        RawServer.start(connection -> {
          if (connection.number() == 2) {
            hello.complete(ClientHello.read(connection.socket().getInputStream()));
            return;
          }
          connection.startTls(factory);
          connection.send("hello");
          connection.awaitClose();
        })) {
      try (SSLSocket socket = socket(sockets, "localhost", server.port())) {
        socket.startHandshake();
        assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
      }
      try (SSLSocket socket = socket(sockets, second, server.port())) {
        assertThat(handshake(socket)).isInstanceOf(IOException.class);
      }
    }
    assertThat(hello.join().extensions().containsKey(ClientHello.PRE_SHARED_KEY))
        .isEqualTo(offered);
  }

  private static SSLSocket socket(TlsSockets sockets, String host, int port) throws IOException {
    Socket carrier = new Socket(InetAddress.getLoopbackAddress(), port);
    return (SSLSocket) sockets.createSocket(carrier, host, port, true);
  }

  private static Throwable handshake(SSLSocket socket) {
    try {
      socket.startHandshake();
      return new AssertionError("agreed");
    } catch (IOException e) {
      return e;
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3", "TLSv1.2"})
  void aResumedSessionHasTheCertificatesOfItsServer(String version) throws Exception {
    SSLSocketFactory factory = Certificates.server("localhost").sslSocketFactory();
    Tls tls = new Tls(new TlsSettings(true, null, null, library, message -> {}));
    TlsSockets sockets = tls.sockets(tls.trust(), false);
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(factory, s -> s.setEnabledProtocols(new String[] {version}));
          connection.send("hello");
          connection.awaitClose();
        })) {
      Certificate[] first = null;
      for (int i = 0; i < 3; i++) {
        try (SSLSocket socket = socket(sockets, "localhost", server.port())) {
          socket.startHandshake();
          assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
          Certificate[] certificates = socket.getSession().getPeerCertificates();
          first = first == null ? certificates : first;
          assertThat(certificates).isNotEmpty().isEqualTo(first);
        }
      }
    }
  }
}
