package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not idempotent (RFC 9110, section 9.2.2) is never sent twice. */
class AtMostOnceTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String BUSY =
      "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n";

  @TempDir private Path directory;

  private static RawServer server(String... responses) throws IOException {
    return RawServer.start(connection -> {
      for (String response : responses) {
        byte[] _ = connection.readBody(connection.readRequest());
        connection.send(response);
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", BUSY, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"})
  void whateverBecomesOfIt(String response) throws IOException {
    try (RawServer server = server(response)) {
      Ended ended =
          InProcess.fetch(
              "", "-d", "a", "--retry-all-errors", "--retry-delay=1ms", server.url("/"));

      assertThat(ended.code()).isEqualTo(1);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void onAConnectionThatTheServerClosesBetweenRequests() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          byte[] _ = connection.readBody(connection.readRequest());
          connection.send(OK);
          byte[] _ = connection.readBody(connection.readRequest());
        })) {
      Ended ended = InProcess.fetch("", "-w1", "-d", "a", server.url("/1"), server.url("/2"));

      assertThat(ended.out()).contains("/1\n--- 0 ").contains(" empty_reply: ");
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void byALaterRunUnlessTheUserAllowsIt() throws IOException {
    Path output = directory.resolve("o.jsonl");
    try (RawServer server = server(OK)) {
      String[] words = {"-d", "a", "-fjsonl", "-o", "" + output, "--resume", server.url("/")};
      Ended ended = InProcess.fetch("", words);

      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err())
          .startsWith(
              "fetch: --resume with POST needs --at-least-once: an entry that was in flight when a"
                  + " run stopped is requested again, though the server may have acted on it");
      assertThat(output).doesNotExist();
      words[0] = "--at-least-once";
      words[1] = "-da";
      assertThat(InProcess.fetch("", words).code()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-X PUT", "-X DELETE", "-X OPTIONS", "-I", "-G -d a", "-X PUT -d a"})
  void butWhatIsIdempotentMayBe(String options) throws IOException {
    try (RawServer server = server(OK)) {
      Path output = directory.resolve("o.jsonl");
      String line = options + " -fjsonl --resume -o " + output + " " + server.url("/");

      assertThat(InProcess.fetch("", line.split(" ", -1)).code()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void andIsKnownAgainByALaterRun(String format) throws IOException {
    Path output = directory.resolve("o");
    Path list = directory.resolve("l.jsonl");
    try (RawServer server = server(OK)) {
      Files.writeString(list, "{\"url\":\"" + server.url("/") + "\",\"json\":1}\n");
      String[] words = {"-f" + format, "--resume", "--at-least-once", "-o" + output, "" + list};

      assertThat(InProcess.fetch("", words).code()).isZero();
      Ended again = InProcess.fetch("", words);

      assertThat(again.code()).as(again.err()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void ifItIsTheRequestOfAnEntryEither() throws IOException {
    Path output = directory.resolve("o.jsonl");
    Path list = directory.resolve("l.jsonl");
    try (RawServer server = server(OK, OK)) {
      Files.writeString(
          list, "{\"url\":\"%1$s\",\"json\":1}\n{\"url\":\"%1$s\"}\n".formatted(server.url("/")));
      String[] words = {"-w1", "-fjsonl", "--resume", "-o", "" + output, "" + list};

      assertThat(InProcess.fetch("", words).code()).isEqualTo(1);
      assertThat(Files.readString(output))
          .contains("--resume could repeat this POST; --at-least-once allows it")
          .contains("\"error\":\"refused\"");
      assertThat(server.requests()).hasSize(1);
      words[2] = "--resume=retry-failed";
      words[0] = "--at-least-once";
      assertThat(InProcess.fetch("", words).code()).isZero();
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().getLast()).startsWith("POST ");
    }
  }
}
