package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patterns that stand for many URLs. */
class GlobTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  @Test
  void expandsUrlsOnTheCommandLine() {
    Ended ended =
        InProcess.fetch(
            "", "--glob", "--ordered", "-fcsv", "--fields=urlnum,input", site.url("/[08-10]"));

    assertThat(ended.records())
        .containsExactly(
            "urlnum,input", "0," + site.url("/08"), "1," + site.url("/09"), "2," + site.url("/10"));
  }

  @Test
  void recordsTheLineWithAnInvalidPattern() {
    Ended ended =
        InProcess.fetch(
            site.url("/{a,b}\n") + site.url("/{a\n") + site.url("/c\n"),
            "--glob",
            "--ordered",
            "-fcsv",
            "--fields=urlnum,error,response_code,errormsg");

    assertThat(ended.records()).hasSize(5);
    assertThat(ended.records().get(3))
        .startsWith("2,invalid_url,0,\"line 2 of standard input: --glob: column ");
    assertThat(ended.records().get(4)).startsWith("3,,200,");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void takesAnInvalidPatternOnTheCommandLineForAUsageError() {
    Ended ended = InProcess.fetch("", "--glob", site.url("/[2-1]"));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--glob: column ", "not a range");
    assertThat(site.total()).isZero();
  }

  @Test
  void leavesBracketsAloneWithoutTheOption() {
    assertThat(InProcess.fetch("", "-fcsv", "--fields=input", site.url("/{a,b}")).records())
        .containsExactly("input", '"' + site.url("/{a,b}") + '"');
  }

  @Test
  void letsAnyOfTheSchemesBegin() {
    Ended ended = InProcess.fetch("", "--glob", "--dry-run", "{http,https}://127.0.0.1:1/[1-3]");

    assertThat(ended.out()).startsWith("6 entries: 6 urls");
  }

  @Test
  void startsAtOnceWithAPatternOfBillions() {
    Ended ended =
        InProcess.fetch(
            "", "--glob", "--limit=3", "-fcsv", "--fields=urlnum", site.url("/[1-9000000000]"));

    assertThat(ended.records()).hasSize(4);
    assertThat(site.total()).isEqualTo(3);
  }

  @Test
  void resumesWithinAPattern() throws IOException {
    String output = "--output=" + directory.resolve("records.csv");
    String[] options = {"--glob", "--resume", "-fcsv", "--fields=urlnum,input", output};
    String list = Files.writeString(directory.resolve("list"), site.url("/[1-9]")).toString();
    InProcess.fetch("", with(options, "--limit=4", list));

    InProcess.fetch("", with(options, list));

    assertThat(Files.readAllLines(directory.resolve("records.csv"))).hasSize(10);
    assertThat(site.total()).isEqualTo(9);
  }

  private static String[] with(String[] options, String... more) {
    String[] all = java.util.Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  @Test
  void sendsCredentialsToAllHostsOfThePattern() {
    InProcess.fetch("", "--glob", "-u", "me:secret", site.url("{127.0.0.1,localhost}", "/[1-2]"));

    assertThat(site.requests())
        .hasSize(4)
        .allMatch(request -> request.contains("\r\nAuthorization: Basic "));
    assertThat(InProcess.fetch("", "--glob", "-u", "me:secret", "http://{a/b,c}/x").err())
        .contains("--credentials-for");
  }
}
