package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The hosts in the summary. */
class SummaryHostsTest {
  @AutoClose private final Site site = Site.open();

  private Ended fetch(String... options) {
    String list =
        (site.url("b.test", "/x") + "\n").repeat(3)
            + (site.url("a.test", "/status/404") + "\n").repeat(2)
            + site.url("c.test", "/x")
            + "\nno url\n";
    Stream<String> addresses =
        Stream.of("a", "b", "c")
            .map(name -> "--resolve=" + name + ".test:" + site.port() + ":127.0.0.1");
    return InProcess.fetch(
        list, Stream.concat(addresses, Stream.of(options)).toArray(String[]::new));
  }

  @Test
  void areATableBelowIt() {
    Ended ended = fetch("--summary-hosts=2");

    assertThat(ended.err().lines()).hasSize(5);
    assertThat(ended.err().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).matches("host +urls  ok  failed  retries  size +p50 +p95"),
            line -> assertThat(line).matches("b.test +3   3       0        0 +6 B +\\d+ms +\\d+ms"),
            line ->
                assertThat(line).matches("a.test +2   0       2        0 +22 B +\\d+ms +\\d+ms"),
            line -> assertThat(line).isEqualTo("and 1 other"));
    assertThat(ended.records()).hasSize(7);
  }

  @Test
  void arePartOfTheJsonObject() throws IOException {
    JsonNode summary =
        new ObjectMapper().readTree(fetch("-q", "--summary=json", "--summary-hosts=5").err());

    assertThat(summary.get("hosts").findValuesAsText("host"))
        .containsExactly("b.test", "a.test", "c.test");
    assertThat(summary.get("hosts").get(0).get("urls").asInt()).isEqualTo(3);
    assertThat(summary.get("other_hosts").asInt()).isZero();
  }

  @Test
  void areNotNamedUnlessAskedFor() {
    assertThat(fetch().err()).hasLineCount(1);
    assertThat(fetch("--summary-hosts=0").err()).hasLineCount(1);
    assertThat(fetch("-q", "--summary-hosts=2").err()).isEmpty();
    assertThat(fetch("--summary-hosts=-1").code()).isEqualTo(ExitCode.USAGE);
  }
}
