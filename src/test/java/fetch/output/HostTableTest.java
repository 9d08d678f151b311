package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.Percentiles;
import fetch.Tally;
import fetch.output.HostTallies.HostTally;
import fetch.output.SummaryFormat.Rest;
import fetch.output.SummaryFormat.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostTableTest {
  private static final long MILLI = 1_000_000;
  private static final HostTally BUSY =
      new HostTally(
          "www.example.org",
          1234,
          0,
          1200,
          3,
          12_345_678,
          new Percentiles(34 * MILLI, 1250 * MILLI, 0));
  private static final HostTally QUIET =
      new HostTally("2001:db8::1", 1, 0, 1, 0, 0, Percentiles.NONE);
  private static final HostTally BACK =
      new HostTally("a.example", 5, 12, 5, 0, 0, Percentiles.NONE);

  private static String table(HostTallies hosts, TextStyle look) {
    return new HostTable(hosts, look).text();
  }

  private static JsonNode json(HostTallies hosts) {
    Tally tally = new Tally(2, 2, Map.of(), 0, 0, 0, Percentiles.NONE);
    String json =
        SummaryFormat.JSON.format(
            new Summary(tally, new Rest.None(), hosts, null, Delays.NONE, null));
    assertThat(json).doesNotContain("\n");
    return RecordSchema.parse(json);
  }

  @Test
  void putsFiguresInColumns() {
    assertThat(table(new HostTallies(List.of(BUSY, QUIET), 0, true), TextStyle.PLAIN))
        .isEqualTo(
            """

            host             urls    ok  failed  retries     size   p50   p95
            www.example.org  1234  1200      34        3  12.3 MB  34ms  1.3s
            2001:db8::1         1     1       0        0      0 B   0ms   0ms\
            """);
  }

  @Test
  void saysWhatItLeavesOut() {
    assertThat(table(new HostTallies(List.of(QUIET), 1, true), TextStyle.PLAIN))
        .endsWith("\nand 1 other");
    assertThat(table(new HostTallies(List.of(QUIET), 7, true), TextStyle.PLAIN))
        .endsWith("\nand 7 others");
    assertThat(table(new HostTallies(List.of(BACK), 7, false), TextStyle.PLAIN))
        .contains("\na.example    5+   5 ")
        .contains("\nand others; + marks");
  }

  @Test
  void isWholeWithoutHosts() {
    assertThat(table(new HostTallies(List.of(), 0, true), TextStyle.PLAIN))
        .isEqualTo("\nhost  urls  ok  failed  retries  size  p50  p95");
  }

  @Test
  void coloursWhatFailed() {
    assertThat(table(new HostTallies(List.of(BUSY, QUIET), 0, true), new TextStyle(false, true)))
        .contains("  1200      \u001b[31m34\u001b[0m        3  ")
        .contains("  1       0        0  ");
  }

  @Test
  void isPartOfTheSummaryInJson() {
    JsonNode summary = json(new HostTallies(List.of(BUSY, BACK), 7, true));

    assertThat(summary.get("hosts")).hasSize(2);
    assertThat(summary.get("hosts").get(0).toString())
        .isEqualTo(
            "{\"host\":\"www.example.org\",\"urls\":1234,\"urls_missed\":0,\"ok\":1200,"
                + "\"failed\":34,\"retries\":3,\"bytes\":12345678,\"p50\":0.034,\"p95\":1.25}");
    assertThat(summary.get("hosts").get(1).get("urls_missed").asLong()).isEqualTo(12);
    assertThat(summary.get("other_hosts").asLong()).isEqualTo(7);
  }

  @Test
  void isInJsonOnlyWhenAskedFor() {
    assertThat(json(null).has("hosts")).isFalse();
    assertThat(json(new HostTallies(List.of(), 0, true)).get("hosts").isEmpty()).isTrue();
    assertThat(json(new HostTallies(List.of(), 0, false)).get("other_hosts").isNull()).isTrue();
  }
}
