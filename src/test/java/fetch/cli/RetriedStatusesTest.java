package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which status codes are retried. */
@Timeout(60)
class RetriedStatusesTest {
  private final MockWebServer server = new MockWebServer();

  /** Answers with the status that the path names. */
  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            return new MockResponse.Builder().code(Integer.parseInt(path.substring(1))).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int requests(int status, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-q", "--retry=1", "--retry-delay=0"));
    arguments.addAll(List.of(options));
    arguments.add(server.url("/" + status).toString());
    int before = server.getRequestCount();
    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));
    assertThat(ended.records()).as(ended.err()).hasSize(1);
    return server.getRequestCount() - before;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404          | 404 | 2",
        "404          | 503 | 1",
        "429,5xx,!501 | 599 | 2",
        "429,5xx,!501 | 501 | 1",
        "429,5xx,!501 | 408 | 1",
        "!503         | 503 | 1",
        "!503         | 408 | 2",
        "!503         | 404 | 1",
        "*            | 418 | 2",
        "200          | 200 | 1"
      })
  void areThoseOfTheOption(String codes, int status, int requests) {
    assertThat(requests(status, "--retry-on-http-error=" + codes)).isEqualTo(requests);
  }

  @Test
  void areThoseOfTheOptionBesideAllOtherErrors() {
    assertThat(requests(418, "--retry-all-errors")).isEqualTo(2);
    assertThat(requests(418, "--retry-all-errors", "--retry-on-http-error=*,!418")).isEqualTo(1);
  }

  @Test
  void matterForGetAndHeadOnly() {
    assertThat(requests(404, "--retry-on-http-error=404", "-XPOST")).isEqualTo(1);
    assertThat(requests(404, "--retry-on-http-error=404", "-I")).isEqualTo(2);
  }

  @Test
  void areOkWhereTheyAreAccepted() {
    assertThat(requests(503, "--accept=500,502-599")).isEqualTo(1);
    assertThat(requests(501, "--accept=500,502-599", "--retry-on-http-error=501")).isEqualTo(2);
  }

  @Test
  void areRefusedWhenTheyAreNone() {
    Ended ended = InProcess.fetch("", "--retry-on-http-error=429,6x", "http://127.0.0.1:9/");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--retry-on-http-error", "'6x' is neither a status code nor");
  }
}
