package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.TlsLibrary;
import fetch.warc.ArchivedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in the archive, and what they come through. */
@Timeout(60)
class RecordedBodiesTest {
  private static final String STRANGE =
      "HTTP/1.1 200 Very  Fine\r\n"
          + "content-LENGTH:   5\r\n"
          + "x-Empty:\r\n"
          + "X-Twice: b\r\n"
          + "X-Twice: a\r\n\r\n";

  @TempDir Path folder;
  private RecordedArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new RecordedArchive(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private Exchanges exchanges() {
    return archive.exchanges();
  }

  private List<ArchivedRecord> answers() throws IOException {
    return archive.answers();
  }

  private ArchivedRecord answer() throws IOException {
    return archive.answer();
  }

  private List<ArchivedRecord> requests() throws IOException {
    return archive.requests();
  }

  @Test
  void keepsBodiesEncodedAsTheyCame() throws Exception {
    byte[] gzipped = gzip("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    try (MockWebServer server = serving(new Buffer().write(gzipped), "gzip")) {
      Attempt attempt = exchanges().fetch(url(server, "/"));

      assertThat(attempt.body().delivered()).isEqualTo(100_000);
      assertThat(answer().payload()).isEqualTo(gzipped);
    }
  }

  @Test
  void keepsAllOfABodyThatCannotBeDecoded() throws Exception {
    byte[] body = random(300_000);
    body[0] = 'x';
    try (MockWebServer server = serving(new Buffer().write(body), "gzip")) {
      assertThat(exchanges().failure(url(server, "/")).kind()).isEqualTo(FailureKind.BAD_ENCODING);

      assertThat(answer().payload()).isEqualTo(body);
      assertThat(answer().header("WARC-Truncated")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 65_535, 65_536, 73_728, 73_729, 3_000_001})
  void keepsBodiesOfAnyLength(int length) throws Exception {
    byte[] body = random(length);
    try (MockWebServer server = serving(new Buffer().write(body), null)) {
      exchanges().fetch(url(server, "/plain"));
      exchanges().maxFilesize(length).fetch(url(server, "/bounded"));

      assertThat(answers()).extracting(ArchivedRecord::payload).containsExactly(body, body);
    }
  }

  @Test
  void keepsLongBodiesInChunks() throws Exception {
    byte[] body = random(3_000_001);
    try (MockWebServer server = new MockWebServer()) {
      server.enqueue(new MockResponse.Builder().chunkedBody(new Buffer().write(body), 777).build());
      server.start();
      exchanges().fetch(url(server, "/"));

      assertThat(answer().payload()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void seesThroughTls(TlsLibrary library) throws Exception {
    try (RawServer server =
        RawServer.start(connection -> {
          connection.startTls(Certificates.server("127.0.0.1").sslSocketFactory());
          while (connection.readRequest() != null) {
            connection.send(STRANGE + "hello");
          }
        })) {
      exchanges().library(library).insecure().fetch("https://127.0.0.1:" + server.port() + "/a");

      assertThat(answer().text()).isEqualTo(STRANGE + "hello");
      assertThat(requests().getFirst().text()).isEqualTo(server.requests().getFirst());
      assertThat(answer().headers().all("WARC-Protocol")).containsExactly("http/1.1", "tls/1.3");
      assertThat(answer().header("WARC-Cipher-Suite")).startsWith("TLS_AES_");
      assertThat(requests().getFirst().headers().all("WARC-Protocol"))
          .containsExactly("http/1.1", "tls/1.3");
    }
  }

  @Test
  void writesHttp2AsTheOldVersionWouldBe() throws Exception {
    byte[] body = random(200_000);
    try (MockWebServer server = serving(new Buffer().write(body), null)) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      String url = url(server, "/a?b");
      exchanges().version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE).cookie("secret").fetch(url);

      assertThat(answer().text()).startsWith("HTTP/1.1 200 \r\ncontent-length: 200000\r\n");
      assertThat(answer().payload()).isEqualTo(body);
      assertThat(answer().headers().all("WARC-Protocol")).containsExactly("h2c");
      assertThat(answer().header("WARC-Cipher-Suite")).isNull();
      assertThat(requests().getFirst().text())
          .startsWith("GET /a?b HTTP/1.1\r\n")
          .contains("\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n")
          .endsWith("\r\n\r\n")
          .doesNotContain("secret", ":authority", "Connection");
    }
  }

  @Test
  void keepsWhatComesThroughAProxyWithoutItsAddress() throws Exception {
    try (HttpProxy proxy = new HttpProxy(null)) {
      exchanges().proxy("http://" + proxy.address()).fetch("http://example.test/a");

      assertThat(answer().text()).endsWith("\r\n\r\nproxy");
      assertThat(requests().getFirst().text()).startsWith("GET http://example.test/a HTTP/1.1\r\n");
      assertThat(answer().header("WARC-Target-URI")).isEqualTo("http://example.test/a");
      assertThat(answer().header("WARC-IP-Address")).isNull();
    }
  }

  @Test
  void keepsWhatComesThroughSocksAsSent() throws Exception {
    String head = "HTTP/1.1 200 Fine\r\nX-a: b\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (SocksProxy proxy = new SocksProxy(null);
        RawServer server = RawServer.answering(head + "5\r\nhello\r\n0\r\n\r\n")) {
      exchanges().proxy("socks5://" + proxy.address()).fetch(server.url("/"));

      assertThat(answer().text()).isEqualTo(head + "5\r\nhello\r\n0\r\n\r\n");
    }
  }

  @Test
  void haveTheAddressOfTheServerBehindASocksProxy() throws Exception {
    String response = "HTTP/1.1 204 Fine\r\n\r\n";
    try (SocksProxy proxy = new SocksProxy(null);
        RawServer server = RawServer.answering(response)) {
      exchanges()
          .proxy("socks5://" + proxy.address())
          .fetch("http://127.0.0.7:" + server.port() + "/");

      assertThat(answer().header("WARC-IP-Address")).isEqualTo("127.0.0.7");
    }
  }

  private static String url(MockWebServer server, String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private static MockWebServer serving(Buffer body, String coding) throws IOException {
    MockWebServer server = new MockWebServer();
    for (int i = 0; i < 2; i++) {
      MockResponse.Builder answer = new MockResponse.Builder().body(body.clone());
      if (coding != null) {
        answer.addHeader("Content-Encoding", coding);
      }
      server.enqueue(answer.build());
    }
    server.start();
    return server;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzipped)) {
      out.write(bytes);
    }
    return gzipped.toByteArray();
  }
}
