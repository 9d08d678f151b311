package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.Eventually;
import fetch.http.RawServer;
import fetch.output.RecordSchema;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose writer is killed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class SavingIT {
  private static final int CUT = 1_500_000;
  private static final String BODY = random(4_000_000);
  private static final Pattern FROM = Pattern.compile("\r\nRange: bytes=(\\d+)-\r\n");

  @TempDir private Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Each character is a byte. */
  private static String random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private long written() {
    return bytesIn(directory.toFile());
  }

  /** How much there is, while files come and go. */
  private static long bytesIn(File directory) {
    File[] files = directory.listFiles();
    return files == null ? directory.length() : Stream.of(files).mapToLong(SavingIT::bytesIn).sum();
  }

  /** Answers the first request with half of a body, and the rest of it when the gate opens. */
  private RawServer stopping(String headers) throws IOException {
    return RawServer.start(connection -> {
      String request = connection.readRequest();
      Matcher from = FROM.matcher(request);
      if (from.find()) {
        int start = Integer.parseInt(from.group(1));
        String range = "Content-Range: bytes " + start + "-3999999/4000000\r\n";
        answer(connection, "206 Partial Content", BODY.length() - start, headers + range);
        connection.send(BODY.substring(start));
      } else {
        answer(connection, "200 OK", BODY.length(), headers);
        connection.send(BODY.substring(0, CUT));
        gate.await();
        connection.send(BODY.substring(CUT));
      }
    });
  }

  private static void answer(
      RawServer.Connection connection, String status, int length, String headers)
      throws IOException {
    String more = "Content-Length: " + length + "\r\nConnection: close\r\n" + headers + "\r\n";
    connection.send("HTTP/1.1 " + status + "\r\n" + more);
  }

  private String[] command(String url) {
    return new String[] {"--fields=response_code", "--save", directory.toString(), url};
  }

  private void killWhenMuchIsWritten(RawServer server) throws Exception {
    try (Program fetch = Program.start(command(server.url("/a")))) {
      Eventually.holds("half is written", () -> written() > CUT - 100_000);
      fetch.kill();
    }
  }

  @Test
  void areGoneOnWithByTheNextRun() throws Exception {
    try (RawServer server = stopping("ETag: \"1\"\r\n")) {
      killWhenMuchIsWritten(server);

      assertThat(Program.run(command(server.url("/a"))).records()).containsExactly("206");

      Matcher from = FROM.matcher(server.requests().getLast());
      assertThat(from.find()).isTrue();
      assertThat(Integer.parseInt(from.group(1))).isBetween(CUT - 100_000, CUT);
      assertThat(files()).singleElement().satisfies(this::isWhole);
    }
  }

  private void isWhole(Path file) {
    assertThat(file).hasFileName("a").hasBinaryContent(BODY.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void areGoneOnWithWhenTheyAreKilledAgain() throws Exception {
    try (RawServer server =
        RawServer.start(connection -> {
          Matcher from = FROM.matcher(connection.readRequest());
          int start = from.find() ? Integer.parseInt(from.group(1)) : 0;
          String range = "Content-Range: bytes " + start + "-3999999/4000000\r\n";
          String headers = "ETag: \"1\"\r\n" + (start > 0 ? range : "");
          answer(connection, start > 0 ? "206 P" : "200 OK", BODY.length() - start, headers);
          connection.send(BODY.substring(start, Math.min(start + CUT, BODY.length())));
          connection.awaitClose();
        })) {
      killWhenMuchIsWritten(server);
      try (Program fetch = Program.start(command(server.url("/a")))) {
        Eventually.holds("more is written", () -> written() > 2 * CUT - 300_000);
        fetch.kill();
      }

      Ended ended = Program.run(command(server.url("/a")));

      assertThat(ended.records()).as(ended.err()).containsExactly("206");
      assertThat(files()).singleElement().satisfies(this::isWhole);
    }
  }

  @Test
  void areBegunAgainWithoutAStrongValidator() throws Exception {
    try (RawServer server = stopping("ETag: W/\"1\"\r\n")) {
      killWhenMuchIsWritten(server);
      gate.countDown();

      assertThat(Program.run(command(server.url("/a"))).records()).containsExactly("200");

      assertThat(server.requests()).noneMatch(request -> request.contains("Range: "));
      assertThat(files()).anySatisfy(this::isWhole);
    }
  }

  @Test
  void areNotTakenFromARunThatLives() throws Exception {
    try (RawServer server = stopping("ETag: \"1\"\r\n");
        Program first = Program.start(command(server.url("/a")))) {
      Eventually.holds("half is written", () -> written() > CUT - 100_000);
      try (Program second = Program.start(command(server.url("/a")))) {
        Eventually.holds("half is written twice", () -> written() > 2 * (CUT - 100_000));
        gate.countDown();
        assertThat(second.await().records()).containsExactly("200");
        assertThat(first.await().records()).containsExactly("200");
      }
      assertThat(server.requests()).noneMatch(request -> request.contains("Range: "));
      assertThat(files()).singleElement().satisfies(this::isWhole);
    }
  }

  /** What is recorded is there, and what is there is recorded or replaced. */
  @ParameterizedTest
  @ValueSource(strings = {"virtual", "async"})
  void areThereWhenTheyAreRecordedHoweverOftenTheRunIsKilled(String strategy) throws Exception {
    int entries = 2000;
    Path saved = directory.resolve("saved");
    Path results = directory.resolve("results");
    try (Site site = new Site()) {
      List<String> urls = IntStream.range(0, entries).mapToObj(n -> site.url("/" + n)).toList();
      Path list = Files.write(directory.resolve("list"), urls);
      String[] command = {
        "-s" + strategy, "-fjsonl", "-o" + results, "--resume", "--save=" + saved, list.toString()
      };
      for (int kill = 0; kill < 8; kill++) {
        try (Program fetch = Program.start(command)) {
          site.awaitRequests(1 + 50 * kill);
          fetch.kill();
        }
        site.forgetArrivals();
        assertAllThere(results, false);
      }
      Ended ended = Program.run(command);

      assertThat(ended.code()).as(ended.err()).isZero();
      Records.haveEach(entries, Records.positions(results, "jsonl"));
      assertAllThere(results, true);
    }
  }

  /** Each file that a record names has what its server sent: the path of its URL. */
  private static void assertAllThere(Path results, boolean whole) throws IOException {
    if (!whole && !Files.exists(results)) {
      return;
    }
    String text = Files.readString(results);
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      JsonNode record = RecordSchema.parse(line);
      String path = record.get("url").asText().replaceFirst("http://[^/]+", "");
      assertThat(Path.of(record.get("filename_effective").asText())).hasContent(path);
    }
  }
}
