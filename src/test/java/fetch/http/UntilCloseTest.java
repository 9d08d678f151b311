package fetch.http;

import static fetch.http.Exchanges.failed;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.settings.TlsLibrary;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that end with the connection, over TLS; with each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class UntilCloseTest {
  @Parameter private TlsLibrary library;

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void isWholeIfTlsIsEnded(String version) throws IOException {
    assertThat(untilClose(version, SSLSocket::close).outcome())
        .isEqualTo(new Outcome.Responded(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void isPartialIfTlsIsNotEnded(String version) throws IOException {
    Attempt attempt = untilClose(version, secure -> {});
    assertThat(failed(attempt).kind()).isEqualTo(FailureKind.PARTIAL);
    assertThat(failed(attempt).message())
        .isEqualTo(
            "the connection was closed before the end of the body: TLS was not ended"
                + " (no close_notify)");
    assertThat(attempt.body().delivered()).isEqualTo(4);
  }

  private interface Goodbye {
    void say(SSLSocket secure) throws IOException;
  }

  private Attempt untilClose(String version, Goodbye goodbye) throws IOException {
    HandshakeCertificates certificates = Certificates.server("127.0.0.1");
    try (RawServer server =
        RawServer.start(connection -> {
          Socket tcp = connection.socket();
          connection.startTls(
              certificates.sslSocketFactory(),
              secure -> secure.setEnabledProtocols(new String[] {version}));
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\n\r\nbody");
          goodbye.say((SSLSocket) connection.socket());
          tcp.close();
        })) {
      return Exchanges.byDefault()
          .library(library)
          .trusting(Certificates.authorities())
          .fetch("https://127.0.0.1:" + server.port() + "/");
    }
  }
}
