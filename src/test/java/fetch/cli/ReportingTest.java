package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said, on which stream, and with which exit code. */
class ReportingTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  /** Fetches a good URL, one with status 404, and one that is none. */
  private Ended fetch(String... options) {
    String list = site.url("/good") + "\n" + site.url("/status/404") + "\nhttp://bad host/\n";
    return InProcess.fetch(list, options);
  }

  @Test
  void keepsRecordsAndAllElseApart() {
    Ended ended = fetch("--ordered");

    assertThat(ended.records()).hasSize(3);
    assertThat(ended.records().get(0)).matches("200 5 \\d\\.\\d{3} " + site.url("/good"));
    assertThat(ended.records().get(1))
        .matches("404 11 \\d\\.\\d{3} \\S+/status/404 http_status: the server returned 404");
    assertThat(ended.records().get(2)).startsWith("--- 0 0.000 http://bad%20host/ invalid_url: ");
    assertThat(ended.err())
        .matches(
            "3 urls: 1 ok, 2 failed \\(1 http_status, 1 invalid_url\\); 16 B; \\d+\\.\\d\\d s"
                + " elapsed; \\S+ urls/s; p50 \\S+ p95 \\S+ p99 \\S+\n");
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void saysNothingMoreThanItMustWhenQuiet() {
    assertThat(fetch("-q").err()).isEmpty();
    assertThat(fetch("--no-summary").err()).isEmpty();
    assertThat(InProcess.fetch("", "-q", MissingPath.FILE.toString()).err())
        .startsWith("fetch: " + MissingPath.FILE + ": no such file")
        .hasLineCount(1);
  }

  @Test
  void printsTheSummaryAsJson() throws IOException {
    for (String quiet : new String[] {"-q", "--ordered"}) {
      JsonNode summary = new ObjectMapper().readTree(fetch("--summary=json", quiet).err());

      assertThat(summary.get("urls").asInt()).isEqualTo(3);
      assertThat(summary.get("ok").asInt()).isEqualTo(1);
      assertThat(summary.get("failed").asInt()).isEqualTo(2);
      assertThat(summary.get("errors").get("http_status").asInt()).isEqualTo(1);
      assertThat(summary.get("not_reached").asInt()).isZero();
      assertThat(summary.get("bytes").asInt()).isEqualTo(16);
      assertThat(summary.get("elapsed").asDouble()).isPositive();
      assertThat(summary.get("p50").asDouble()).isPositive();
    }
  }

  @Test
  void printsTheSummaryAsMarkdownWithTheHostsThatFail() {
    Ended ended = fetch("-q", "--summary=markdown");

    assertThat(ended.err())
        .startsWith("### fetch: 1 of 3 URLs ok\n\n| URLs | ok | failed | retries |")
        .contains(
            "\n\n| error | URLs |\n|---|---:|\n| http&#95;status | 1 |\n| invalid&#95;url | 1 |")
        .contains("\n\n| host | urls |", "\n| 127.0.0.1 | 2 | 1 | 1 |");
    assertThat(fetch("-q", "--summary=markdown", "--summary-hosts=0").err())
        .contains("| error |")
        .doesNotContain("| host |");
  }

  @Test
  void tellsCausesWhenAsked() {
    Ended ended =
        InProcess.fetch(site.url("/good") + "\n" + site.url("/hangup"), "-v", "--retry=0");

    assertThat(ended.records()).hasSize(2);
    assertThat(ended.err().lines()).hasSize(2);
    assertThat(ended.err().lines().findFirst().orElseThrow())
        .matches(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  #1 failed: \\S+/hangup: the server closed the"
                + " connection without a response.*");
  }

  @Test
  void logsEveryRequestWhenAskedTwice() {
    Ended ended = InProcess.fetch("", "-vv", site.url("/moved/there"));

    assertThat(ended.records()).hasSize(1);
    assertThat(ended.err().lines()).hasSize(5);
    assertThat(ended.err())
        .contains("DEBUG #0 begins: " + site.url("/moved/there") + "\n")
        .contains("DEBUG #0 status 302: redirected to GET " + site.url("/there") + "\n")
        .contains("DEBUG #0 begins: " + site.url("/there") + "\n")
        .contains("DEBUG #0 status 200 over HTTP/1.1 from 127.0.0.1, 1 redirect, 6 bytes\n");
  }

  @Test
  void printsOnlyWhatIsAskedForButCountsAll() {
    assertThat(fetch("--only=ok").records()).singleElement().asString().startsWith("200 ");
    assertThat(fetch("--only=failed").records()).hasSize(2).noneMatch(r -> r.startsWith("200 "));
    assertThat(fetch("--only=failed").err()).startsWith("3 urls: 1 ok, 2 failed");
    assertThat(fetch("--only=ok").code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void printsTheFieldsAskedForInTheirOrder() {
    assertThat(fetch("--ordered", "--fields=urlnum,response_code,error").out())
        .isEqualTo("0 200 -\n1 404 http_status\n2 0 invalid_url\n");
    assertThat(fetch("--ordered", "-ftsv", "--fields=error,urlnum").out())
        .isEqualTo("error\turlnum\n\t0\nhttp_status\t1\ninvalid_url\t2\n");
    assertThat(fetch("--ordered", "-fjsonl", "--fields=url,ok").records().getLast())
        .isEqualTo("{\"url\":null,\"ok\":false}");
  }

  @Test
  void takesAStatusForGoodWhenToldSo() {
    assertThat(InProcess.fetch("", "-q", "--accept=404", site.url("/status/404")).code()).isZero();
    assertThat(InProcess.fetch("", "-q", "--accept=404", site.url("/good")).code())
        .isEqualTo(ExitCode.SOME_FAILED);
  }

  @Test
  void writesResultsToAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("results"), "what was there before\n");

    Ended ended = fetch("-o", file.toString(), "-fcsv", "--fields=urlnum", "--ordered");

    assertThat(file).hasContent("urlnum\n0\n1\n2\n");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void saysThatAFileCannotBeWritten() {
    Path nowhere = directory.resolve("no/such/directory");

    Ended ended = fetch("-o", nowhere.toString());

    assertThat(ended)
        .isEqualTo(
            new Ended(
                ExitCode.IO,
                "",
                "fetch: cannot write the results: " + nowhere + ": no such file or directory\n"));
    assertThat(site.requests()).isEmpty();
  }
}
