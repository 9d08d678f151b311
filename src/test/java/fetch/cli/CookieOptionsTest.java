package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies of a run: from files, from servers, and into a file. */
@DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
class CookieOptionsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

  @TempDir private Path directory;
  private RawServer server;
  private Site stranger;

  @BeforeEach
  void open() throws IOException {
    server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            connection.send(
                OK + (head.contains(" /set") ? "Set-Cookie: id=s3cret\r\n\r\n" : "\r\n"));
          }
        });
    stranger = new Site("127.0.0.2");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    stranger.close();
  }

  private Path cookieFile(String... lines) throws IOException {
    return Files.write(directory.resolve("cookies.txt"), List.of(lines));
  }

  private static String line(String host, String cookie) {
    return host + "\tFALSE\t/\tFALSE\t0\t" + cookie.replace('=', '\t');
  }

  private Ended fetch(String... arguments) {
    return InProcess.fetch(new byte[0], Map.of(), arguments);
  }

  private String cookies() {
    return cookies(server.requests().getLast());
  }

  private static String cookies(String head) {
    return head.lines().filter(line -> line.startsWith("Cookie: ")).findFirst().orElse("");
  }

  @Test
  void comeFromAFileAndGoToTheirHostsOnly() throws IOException {
    Path file = cookieFile("# Netscape HTTP Cookie File", line("127.0.0.1", "a=1"));
    Path list =
        Files.writeString(directory.resolve("l"), server.url("/") + "\n" + stranger.url("/"));

    Ended ended = fetch("-vv", "-b", file.toString(), list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(cookies()).isEqualTo("Cookie: a=1");
    assertThat(cookies(stranger.requests().remove())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-b", "-c"})
  void areKeptForLaterRequestsOnceThereIsAFile(String option) {
    String file = option.equals("-b") ? "" : directory.resolve("jar").toString();

    fetch("-sserial", option, file, server.url("/set"), server.url("/b"));

    assertThat(cookies()).isEqualTo("Cookie: id=s3cret");
  }

  @Test
  void areForgottenWithoutAFile() {
    fetch("-sserial", "-b", "own=1", server.url("/set"), server.url("/b"));
    assertThat(cookies()).isEqualTo("Cookie: own=1");
  }

  @Test
  void comeBeforeThoseOnTheCommandLine() throws IOException {
    Path file = cookieFile(line("127.0.0.1", "a=1"));

    fetch("-b", file.toString(), "-b", "b=2", "-b", "c=3; d=4", server.url("/"));

    assertThat(cookies()).isEqualTo("Cookie: a=1; b=2; c=3; d=4");
  }

  @Test
  void areWrittenForTheNextRun() {
    Path jar = directory.resolve("jar");
    String[] arguments = {"-vv", "-fjsonl", "-b", "" + jar, "-c", "" + jar, server.url("/set")};

    Ended first = fetch(arguments);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).doesNotContain("cookie");
    assertThat(jar).content().endsWith("\n127.0.0.1\tFALSE\t/\tFALSE\t0\tid\ts3cret\n");
    assertThat(cookies()).isEmpty();
    Ended second = fetch(arguments);
    assertThat(cookies()).isEqualTo("Cookie: id=s3cret");
    assertThat(first.everything() + second.everything()).doesNotContain("s3cret");
    fetch("-j", "-b", jar.toString(), server.url("/b"));
    assertThat(cookies()).isEmpty();
  }

  @Test
  void ofAMissingFileAreNone() {
    Path missing = directory.resolve("none");

    Ended ended = fetch("-b", missing.toString(), server.url("/"));

    assertThat(ended.err())
        .startsWith("fetch: --cookie: a file does not exist; starting without its cookies\n");
    assertThat(ended.code()).isZero();
    assertThat(fetch("-q", "-b", missing.toString(), server.url("/")).err())
        .doesNotContain("--cookie");
  }

  @Test
  void ofAnotherKindOfFileAreNone() throws IOException {
    Path file = cookieFile("{\"cookies\": []}");

    assertThat(fetch("-b", file.toString(), server.url("/")).err())
        .startsWith("fetch: --cookie: " + file + " has no cookies in Netscape's format\n");
    Ended ended = fetch("-b", directory.toString(), server.url("/"));
    assertThat(ended.err()).startsWith("fetch: --cookie: " + directory + ": is a directory");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c=-", "-b=-", "--cookie-jar=none/x", "--cookie-jar=src"})
  void areNeitherReadNorWrittenElsewhere(String option) {
    Ended ended = fetch(option, server.url("/"));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err())
        .containsPattern("standard (in|out)put|no such file or directory|is a directory");
  }

  @Test
  void overwriteNoOtherFile() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), server.url("/"));

    Ended ended = fetch("-c", list.toString(), list.toString());

    assertThat(ended.err()).startsWith("fetch: --cookie-jar: it would write to the list");
    assertThat(list).hasContent(server.url("/"));
  }

  @Test
  void needNoHostsForAList() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), server.url("/"));
    Path file = cookieFile(line("127.0.0.1", "a=1"));

    assertThat(fetch("-b", file.toString(), list.toString()).code()).isZero();
    assertThat(fetch("-b", "a=1", list.toString()).err()).startsWith("fetch: --cookie needs");
  }

  @Test
  void areNotInArchives() throws IOException {
    Path file = cookieFile(line("127.0.0.1", "a=s3cret"));
    Path warc = directory.resolve("a.warc");

    fetch("-b", file.toString(), "-b", "b=s3cret", "--warc", warc.toString(), server.url("/"));

    assertThat(cookies()).isEqualTo("Cookie: a=s3cret; b=s3cret");
    assertThat(warc)
        .content()
        .contains("--cookie=" + file, "--cookie='b=***'", "Cookie: ***")
        .doesNotContain("s3cret");
  }
}
