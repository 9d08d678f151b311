package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.Document.Example;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lists that the documents show, and the records that they show for them. */
class DocumentedListsTest {
  private static final String CAT = "cat ";
  private static final String FETCH = "fetch ";

  @TempDir private Path directory;
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                .code(request.getTarget().equals("/") ? 200 : 404)
                .build();
          }
        });
    server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String here(String text) {
    return text.replace("127.0.0.1:8000", "127.0.0.1:" + server.getPort());
  }

  @Test
  void bringWhatTheDocumentsShow() throws IOException {
    List<Example> examples =
        Document.all().stream().flatMap(page -> page.examples().stream()).toList();
    int compared = 0;

    for (int i = 0; i < examples.size() - 1; i++) {
      Example list = examples.get(i);
      if (list.command().startsWith(CAT)) {
        assertBrings(list, examples.get(i + 1));
        compared++;
      }
    }

    assertThat(compared).isGreaterThanOrEqualTo(2);
  }

  private void assertBrings(Example list, Example run) throws IOException {
    String name = list.command().substring(CAT.length());
    Path file = Files.writeString(directory.resolve(name), here(list.output()));
    List<String> arguments =
        new ArrayList<>(List.of(run.command().substring(FETCH.length()).split(" ")));
    arguments.replaceAll(argument -> argument.equals(name) ? file.toString() : argument);

    Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));

    assertThat(ended.out().replace(file.toString(), name)).isEqualTo(here(run.output()));
  }
}
