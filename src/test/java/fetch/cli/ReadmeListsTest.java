package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lists that the README shows, and what it says comes of them. */
class ReadmeListsTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(?m)^    \\$ cat (\\S+)\\n((?:    .*\\n)+?)    \\$ fetch (.*)\\n((?:    .*\\n)+)");

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
    return text.replaceAll("(?m)^ {4}", "")
        .replace("127.0.0.1:8000", "127.0.0.1:" + server.getPort());
  }

  @Test
  void bringWhatTheReadmeSays() throws IOException {
    List<MatchResult> examples =
        EXAMPLE.matcher(Files.readString(Path.of("README.md"))).results().toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);

    for (MatchResult example : examples) {
      String name = example.group(1);
      Path list = Files.writeString(directory.resolve(name), here(example.group(2)));
      List<String> arguments = new ArrayList<>(List.of(example.group(3).split(" ")));
      arguments.replaceAll(argument -> argument.equals(name) ? list.toString() : argument);

      Ended ended = InProcess.fetch("", arguments.toArray(String[]::new));

      assertThat(ended.out().replace(list.toString(), name)).isEqualTo(here(example.group(4)));
    }
  }
}
