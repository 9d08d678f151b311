package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpVersionOptionsTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(new HeldCertificate.Builder().build())
            .build()
            .sslSocketFactory());
    server.enqueue(new MockResponse.Builder().body("ok").build());
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> fetch(String... options) {
    String url = "https://127.0.0.1:" + server.getPort() + "/";
    Stream<String> arguments = Stream.of("-k", "-fcsv", "--fields=response_code,http_version", url);
    Ended ended =
        InProcess.fetch("", Stream.concat(Stream.of(options), arguments).toArray(String[]::new));
    return ended.records().subList(1, ended.records().size());
  }

  @Test
  void aSingleRequestTakesHttp11() {
    assertThat(fetch()).containsExactly("200,1.1");
  }

  @ParameterizedTest
  @CsvSource({"--http2, 2", "--http1.1, 1.1"})
  void anOptionSaysWhatIsOffered(String option, String version) {
    assertThat(fetch(option)).containsExactly("200," + version);
  }
}
