package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  @TempDir private Path directory;

  private static String dryRun(String list, String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--dry-run";
    Ended ended = InProcess.fetch(list, all);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    return ended.out();
  }

  /** So many URLs of each of some hosts: 1 of a1, 2 of a2 and so on. */
  private static String list(int hosts) {
    return IntStream.rangeClosed(1, hosts)
        .mapToObj(host -> ("http://A" + host + ".example/x\n").repeat(host))
        .collect(Collectors.joining());
  }

  @Test
  void countsEntriesBadLinesAndHosts() {
    String list = "# mine\nhttp://a/1\n\nhttps://A:99/2\nb/3\n://\nftp://me:secret@x/\u0007\n";

    assertThat(dryRun(list))
        .isEqualTo(
            """
            5 entries: 3 urls, 2 bad lines; 2 hosts
            bad lines:
              line 6 of standard input: not a URL: its host is empty or has invalid characters
              line 7 of standard input: fetch supports http and https, not ftp
            biggest hosts, by urls:
              2 a
              1 b
            """);
  }

  @Test
  void asksNoServerForAnything() throws IOException {
    try (Site site = new Site()) {
      assertThat(dryRun(site.url("/x"), "--robots", "-v")).startsWith("1 entry: 1 url, 0 bad");
      assertThat(site.requests()).isEmpty();
    }
  }

  @Test
  void showsTheTenBiggestHosts() {
    assertThat(dryRun(list(12)).lines().skip(2).toList())
        .hasSize(10)
        .startsWith("  12 a12.example", "  11 a11.example")
        .endsWith("  3 a3.example");
  }

  @Test
  void showsTheFirstBadLinesOfMany() {
    assertThat(dryRun("http://\n".repeat(13)).lines())
        .hasSize(13)
        .endsWith("  and 3 more")
        .noneMatch(line -> line.contains("hosts, by"));
  }

  @Test
  void saysTheLeastTimeThatTheRatesAllow() {
    assertThat(dryRun(list(5))).doesNotContain("at least");
    assertThat(dryRun(list(5), "--rate=2/s")).endsWith("takes at least 7.0s, at the rate\n");
    assertThat(dryRun(list(5), "--per-host-rate=2/m"))
        .endsWith("takes at least 2m00s, at the rate for the biggest host\n");
    assertThat(dryRun(list(5), "--per-host-rate=1/h", "--rate=100/s"))
        .endsWith("takes at least 4h00m, at the rate for the biggest host\n");
    assertThat(dryRun("http://a/", "--rate=1/h")).doesNotContain("at least");
  }

  @Test
  void countsThePartOfTheListThatWouldBeFetched() {
    assertThat(dryRun(list(5), "--limit=4")).startsWith("4 entries: 4 urls, 0 bad lines; 3 hosts");
    long first = entries(dryRun(list(9), "--shard=1/2"));
    long second = entries(dryRun(list(9), "--shard=2/2"));
    assertThat(first + second).isEqualTo(45);
    assertThat(first).isBetween(1L, 44L);
  }

  private static long entries(String text) {
    return Long.parseLong(text.substring(0, text.indexOf(' ')));
  }

  @Test
  void countsNothing() {
    Ended ended = InProcess.fetch("", "--dry-run");

    assertThat(ended.out()).isEqualTo("0 entries: 0 urls, 0 bad lines; 0 hosts\n");
    assertThat(ended.err()).isEqualTo("fetch: standard input has no entries\n");
    assertThat(ended.code()).isZero();
  }

  @Test
  void countsTheOtherSourcesWhereOneCannotBeRead() throws IOException {
    Path list = Files.writeString(directory.resolve("list"), "http://a/\n");
    Ended ended = InProcess.fetch("", "--dry-run", MissingPath.FILE.toString(), list.toString());

    assertThat(ended.out())
        .isEqualTo("1 entry: 1 url, 0 bad lines; 1 host\nbiggest hosts, by urls:\n  1 a\n");
    assertThat(ended.err())
        .startsWith("fetch: " + MissingPath.FILE + ": no such file")
        .hasLineCount(1);
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }
}
