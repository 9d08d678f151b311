package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Eventually;
import fetch.http.RawServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built program writes the cookies of a run however it ends. */
class CookiesIT {
  private static final String COOKIE = "\tFALSE\t/\tFALSE\t0\tid\t1\n";

  @TempDir private Path directory;

  private static RawServer server() throws Exception {
    return RawServer.start(connection -> {
      for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
        if (!head.contains(" /silent")) {
          connection.send(
              head.contains("id=1")
                  ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                  : "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n"
                      + "Set-Cookie: id=1\r\n\r\n");
        }
      }
    });
  }

  @Test
  void atItsEnd() throws Exception {
    try (RawServer server = server()) {
      Path jar = directory.resolve("jar");

      Ended ended = Program.run("-c", jar.toString(), server.url("/"));

      assertThat(ended.out()).as(ended.err()).startsWith("200 ");
      assertThat(jar).content().endsWith("\n127.0.0.1" + COOKIE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void afterASignal(String signal) throws Exception {
    try (RawServer server = server();
        Program program =
            Program.start("-c", directory + "/jar", server.url("/"), server.url("/silent"))) {
      Eventually.holds("all requests arrive", () -> server.requests().size() == 3);

      program.signal(signal);

      assertThat(program.await().code()).isIn(130, 143);
      assertThat(directory.resolve("jar")).content().endsWith("\n127.0.0.1" + COOKIE);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "names a file in /proc")
  void refusesAFileThatCannotBeMade() throws Exception {
    try (RawServer server = server()) {
      Ended ended = Program.run("-c", "/proc/self/cookies", server.url("/"));

      assertThat(ended.err()).startsWith("fetch: --cookie-jar: /proc/self/cookies: ");
      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals of POSIX")
  void saysThatItCannotWriteThem() throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    try (RawServer server = server();
        Program program =
            Program.start("-c", gone + "/jar", server.url("/"), server.url("/silent"))) {
      Eventually.holds("all requests arrive", () -> server.requests().size() == 3);
      Files.delete(gone);
      Files.writeString(gone, "a file in the place of the directory");

      program.signal("INT");

      assertThat(program.await().err()).contains("fetch: cannot write the cookies: " + gone);
    }
  }
}
