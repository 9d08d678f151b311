package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.cli.Pages.Page;
import fetch.output.RecordSchema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as cron runs it every night. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends runs with signals of Unix")
class SinceIT {
  private static final int MOST_MEGABYTES = 256;
  private static final int MANY = 1_000_000;

  @TempDir Path folder;
  private Nights nights;
  private Pages pages;

  @BeforeEach
  void start() throws IOException {
    nights = new Nights(folder);
    pages = nights.pages();
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  /** The recipe of the documents, run by a shell. */
  private Ended night(List<String> paths) throws IOException {
    Files.write(folder.resolve("urls.txt"), paths.stream().map(nights::url).toList());
    String fetch = Program.executable() + " --retry 0 --ordered";
    ProcessBuilder shell = Program.builder(Path.of("/bin/sh"));
    shell
        .command()
        .addAll(
            List.of(
                "-c",
                fetch
                    + " -f jsonl -o now.jsonl --since last.jsonl urls.txt\n"
                    + "[ $? -le 1 ] && mv now.jsonl last.jsonl"));
    return Program.run(shell.directory(folder.toFile()));
  }

  private List<String> changes() throws IOException {
    List<String> changes = new ArrayList<>();
    for (String line : Files.readAllLines(nights.last())) {
      assertThat(RecordSchema.violations(line)).as(line).isEmpty();
      changes.add(RecordSchema.parse(line).get("change").asText());
    }
    return changes;
  }

  @Test
  void tellsEachMorningWhatTheNightChanged() throws IOException {
    List<String> paths = List.of("/same", "/edited", "/removed", "/unlisted");
    paths.forEach(path -> pages.put(path, Page.of("1", "ETag", "\"1\"")));
    Ended first = night(paths);
    assertThat(first.err())
        .startsWith("fetch: --since: there is no last.jsonl; all entries are new\n")
        .endsWith("\n4 new, 0 same, 0 changed, 0 gone, 0 failed, 0 recovered; 0 vanished\n");
    assertThat(changes()).containsOnly("new");

    pages.put("/edited", Page.of("2", "ETag", "\"2\""));
    pages.put("/removed", new Page(404, "no", Headers.of()));
    List<String> fewer = paths.subList(0, 3);
    Ended second = night(fewer);
    assertThat(changes()).containsExactly("same", "changed", "gone");
    assertThat(second.code()).isZero();
    assertThat(second.err())
        .endsWith(
            "\n0 new, 1 same, 1 changed, 1 gone, 0 failed, 0 recovered; 1 vanished: "
                + nights.url("/unlisted\n"));
    JsonNode same = RecordSchema.parse(Files.readAllLines(nights.last()).getFirst());
    assertThat(same.get("response_code").asInt()).isEqualTo(304);

    pages.put("/removed", Page.of("1", "ETag", "\"1\""));
    night(fewer);
    assertThat(changes()).containsExactly("same", "same", "recovered");
    night(fewer);
    assertThat(changes()).containsOnly("same");
    assertThat(pages.takeRequests("/same"))
        .extracting(request -> request.getHeaders().get("If-None-Match"))
        .containsExactly(null, "\"1\"", "\"1\"", "\"1\"");
  }

  @Test
  void refusesToWriteWhereStandardOutputAlreadyDoes() throws IOException {
    Path file = Files.writeString(folder.resolve("records"), "");
    Ended ended =
        Program.run(
            Program.builder(Program.executable(), "--since", file.toString(), nights.url("/"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));

    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("write to the file of --since");
  }

  /** Half of the memory is Java's own. */
  @Test
  @DisabledOnOs(
      value = {OS.MAC, OS.WINDOWS},
      disabledReason = "reads /proc")
  void holdsAMillionEarlierRecordsInLittleMemory() throws IOException {
    writeRecords();
    pages.put("/s/7", Page.of("1"));
    ProcessBuilder builder =
        Program.builder(Program.executable(), "--since", nights.last().toString(), "-");
    try (Program program = Program.startUnread(builder)) {
      program.feed(nights.url("/s/7\n"));
      assertThat(program.readLine()).endsWith("/s/7 changed");
      String peak = peak(program.pid());
      assertThat(Long.parseLong(peak.replaceAll("\\D", "")))
          .as(peak)
          .isLessThan(MOST_MEGABYTES * 1024L);
      program.input().close();
      assertThat(program.await().err()).contains("; 999999 vanished: ");
    }
  }

  private static String peak(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .findFirst()
        .orElseThrow();
  }

  private void writeRecords() throws IOException {
    String url = nights.url("/s/");
    try (BufferedWriter out = Files.newBufferedWriter(nights.last())) {
      for (long n = 0; n < MANY; n++) {
        String tag = "0".repeat(16) + HexFormat.of().toHexDigits(n);
        out.write("{\"input\":\"" + url + n + "\",\"method\":\"GET\",\"ok\":true,\"sha256\":\"");
        out.write(tag + tag + "\",\"etag\":\"\\\"" + tag + "\\\"\",\"last_modified\":\"");
        out.write("Sun, 06 Nov 1994 08:49:37 GMT\"}\n");
      }
    }
  }
}
