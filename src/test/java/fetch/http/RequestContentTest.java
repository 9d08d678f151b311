package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Content;
import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies over HTTP/2, and on the way to servers that do not want them. */
@Timeout(60)
class RequestContentTest {
  @TempDir Path folder;
  private MockWebServer server;

  @BeforeEach
  void start() throws IOException {
    server = new MockWebServer();
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Content text(String text) {
    return Content.of(text.getBytes(StandardCharsets.UTF_8), "text/x", null);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort() + "/";
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void goesOverHttp2(String method) throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    try (RecordedArchive archive = new RecordedArchive(folder)) {
      Attempt attempt =
          archive
              .exchanges()
              .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
              .method(method)
              .content(text("hello"))
              .fetch(url());

      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      RecordedRequest request = server.takeRequest();
      assertThat(request.getMethod()).isEqualTo(method);
      assertThat(request.getBody().utf8()).isEqualTo("hello");
      assertThat(request.getHeaders().get("Content-Length")).isEqualTo("5");
      assertThat(request.getHeaders().get("Content-Type")).isEqualTo("text/x");
      assertThat(archive.requests().getFirst().text())
          .startsWith(method + " / HTTP/1.1\r\n")
          .endsWith("\r\n\r\nhello");
    }
  }

  @Test
  void isLongerThanAnyWindowOfHttp2() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    Path file = folder.resolve("large");
    Files.write(file, new byte[3 << 20]);

    Attempt attempt =
        Exchanges.byDefault()
            .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
            .method("POST")
            .content(
                new Content(
                    List.of(RequestContent.measured(file, Content.Coding.AS_IS)), null, null))
            .fetch(url());

    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(server.takeRequest().getBodySize()).isEqualTo(3 << 20);
  }

  @Test
  void doesNotHideTheResponseOfAServerThatReadsNoneOfIt() throws IOException {
    Path file = folder.resolve("large");
    Files.write(file, new byte[32 << 20]);
    try (RawServer refusing =
        RawServer.start(connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
          connection.awaitClose();
        })) {
      Attempt attempt =
          Exchanges.byDefault()
              .method("POST")
              .content(
                  new Content(
                      List.of(RequestContent.measured(file, Content.Coding.AS_IS)), null, null))
              .fetch(refusing.url("/"));

      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(413));
    }
  }
}
