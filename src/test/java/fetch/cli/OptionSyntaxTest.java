package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionSyntaxTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private String request(String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = site.url("/x");
    Ended ended = InProcess.fetch("", all);
    assertThat(ended.code()).as(ended.err()).isZero();
    return site.requests().remove();
  }

  @Test
  void takesOptionsBeforeAndAfterSources() {
    Ended ended = InProcess.fetch("", "-q", site.url("/a"), "--ordered", site.url("/b"), "-fcsv");

    assertThat(ended.records()).hasSize(3);
    assertThat(ended.records().getFirst()).startsWith("urlnum,input,");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void takesAValueInEveryUsualWay() {
    assertThat(request("-A", "me")).contains("User-Agent: me\r\n");
    assertThat(request("-Ame")).contains("User-Agent: me\r\n");
    assertThat(request("--user-agent", "me")).contains("User-Agent: me\r\n");
    assertThat(request("--user-agent=me")).contains("User-Agent: me\r\n");
    assertThat(request("--user-agent=a=b")).contains("User-Agent: a=b\r\n");
  }

  @Test
  void takesShortOptionsInAClump() {
    assertThat(request("-qkw3", "-vAme")).startsWith("GET ").contains("User-Agent: me\r\n");
    assertThat(request("-qI")).startsWith("HEAD ");
  }

  @Test
  void takesAValueThatLooksLikeAnOption() {
    assertThat(request("-r", "-4096")).contains("Range: bytes=-4096\r\n");
    assertThat(request("-A", "-q")).contains("User-Agent: -q\r\n");
    assertThat(request("-A", "--help")).contains("User-Agent: --help\r\n");
  }

  @Test
  void takesAValueAsItIs() {
    assertThat(request("-A", "@home")).contains("User-Agent: @home\r\n");
    assertThat(request("-A", "${sys:user.home}")).contains("User-Agent: ${sys:user.home}\r\n");
    assertThat(request("-A", "\"quoted\"")).contains("User-Agent: \"quoted\"\r\n");
  }

  @Test
  void takesTheLastOfAnOptionGivenTwice() {
    assertThat(request("-A", "one", "-A", "two"))
        .contains("User-Agent: two\r\n")
        .doesNotContain("one");
    assertThat(request("-w1", "-w2", "-fcsv", "-ftsv", "-q", "-q")).startsWith("GET ");
    assertThat(request("--no-compressed", "--compressed")).contains("gzip");
  }

  @Test
  void addsUpHeaders() {
    assertThat(request("-H", "A: 1", "--header=B:2", "-H", "C;", "-H", "User-Agent:"))
        .contains("A: 1\r\n")
        .contains("B: 2\r\n")
        .contains("C: \r\n")
        .doesNotContain("User-Agent");
  }

  @Test
  void readsHeadersFromAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("headers"), "A: 1\r\n\r\nB: ü\n");

    assertThat(request("-H", "@" + file)).contains("A: 1\r\n").contains("B: Ã¼\r\n");
  }

  @Test
  void asksForCompressedBodiesUnlessTold() {
    assertThat(request()).contains("Accept-Encoding: gzip, br, zstd\r\n");
    assertThat(request("--compressed")).contains("Accept-Encoding: gzip, br, zstd\r\n");
    assertThat(request("--no-compressed")).doesNotContain("gzip");
  }

  @Test
  void followsRedirectsUnlessTold() throws IOException {
    String moved = site.url("/moved/there");

    assertThat(InProcess.fetch("", "-q", moved).out()).startsWith("200 6 ");
    assertThat(InProcess.fetch("", "-qL", moved).out()).startsWith("200 6 ");
    assertThat(InProcess.fetch("", "-q", "--location", moved).out()).startsWith("200 6 ");
    assertThat(InProcess.fetch("", "-q", "--no-location", moved).out()).startsWith("302 0 ");
  }

  @Test
  void takesWhatFollowsTwoHyphensAsSources() {
    Ended ended = InProcess.fetch("", "-q", "--", site.url("/x"), "-w");

    assertThat(ended.records()).hasSize(1);
    assertThat(ended.err()).startsWith("fetch: -w: no such file");
    assertThat(ended.code()).isEqualTo(ExitCode.IO);
  }

  @Test
  void takesAHyphenForStandardOutput() {
    Ended ended = InProcess.fetch("", "-q", "-o", "-", site.url("/x"));

    assertThat(ended.records()).hasSize(1);
    assertThat(Path.of("-")).doesNotExist();
  }
}
