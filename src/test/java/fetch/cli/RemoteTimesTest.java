package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The times of saved files. */
@Timeout(60)
class RemoteTimesTest {
  private static final Instant MODIFIED = Instant.parse("1994-11-15T12:45:26Z");

  private final MockWebServer server = new MockWebServer();
  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Instant timeOfFile(@Nullable String lastModified, String... option) throws IOException {
    MockResponse.Builder response = new MockResponse.Builder().body("text");
    if (lastModified != null) {
      response.setHeader("Last-Modified", lastModified);
    }
    server.enqueue(response.build());
    Path file = folder.resolve("a");
    String save = "--save-as=" + file.getFileName();
    String url = server.url("/a").toString();
    Ended ended =
        option.length == 0
            ? InProcess.fetch("", "--save=" + folder, save, url)
            : InProcess.fetch("", option[0], "--save=" + folder, save, url);
    assertThat(ended.code()).as(ended.err()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      return Files.getLastModifiedTime(files.findFirst().orElseThrow()).toInstant();
    }
  }

  @Test
  void areThoseOfTheServerWhereThatIsWanted() throws IOException {
    assertThat(timeOfFile("Tue, 15 Nov 1994 12:45:26 GMT", "-R")).isEqualTo(MODIFIED);
    assertThat(timeOfFile("Tue, 15 Nov 1994 12:45:26 GMT")).isAfter(MODIFIED);
  }

  @Test
  void areThoseOfTheRunWhereTheServerHasNone() throws IOException {
    assertThat(timeOfFile(null, "--remote-time")).isAfter(MODIFIED);
    assertThat(timeOfFile("yesterday", "--remote-time")).isAfter(MODIFIED);
  }

  @Test
  void needSavedFiles() {
    Ended ended = InProcess.fetch("", "-R", "http://127.0.0.1:9/");

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("--remote-time needs --save");
  }
}
