package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Change;
import fetch.Changes;
import fetch.Percentiles;
import fetch.Tally;
import fetch.output.HostTallies.HostTally;
import fetch.output.SummaryFormat.Rest;
import fetch.output.SummaryFormat.Summary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkdownSummaryTest {
  private static final Percentiles TIMES = new Percentiles(34_000_000, 210_000_000, 1_200_000_000);
  private static final Tally TALLY =
      new Tally(1000, 990, Map.of("timeout", 10L), 3, 12_345_678, 5_230_000_000L, TIMES);

  private static HostTally host(String name, long failed) {
    return new HostTally(name, 20, 0, 20 - failed, 1, 2000, TIMES);
  }

  private static String markdown(Tally tally, Rest rest, HostTallies hosts) {
    return SummaryFormat.MARKDOWN.format(new Summary(tally, rest, hosts, null, Delays.NONE, null));
  }

  @Test
  void isTablesThatEachBeginAfterAnEmptyLine() {
    HostTallies hosts =
        new HostTallies(List.of(host("good.test", 0)), List.of(host("bad.test", 10)), 3, true);

    assertThat(markdown(TALLY, new Rest.None(), hosts))
        .isEqualTo(
            """
            ### fetch: 990 of 1000 URLs ok

            | URLs | ok | failed | retries | size | elapsed | URLs/s | p50 | p95 | p99 |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | 1000 | 990 | 10 | 3 | 12.3 MB | 5.23 s | 191 | 34ms | 210ms | 1.2s |

            | error | URLs |
            |---|---:|
            | timeout | 10 |

            | host | urls | ok | failed | retries | size | p50 | p95 |
            |---|---:|---:|---:|---:|---:|---:|---:|
            | bad.test | 20 | 10 | 10 | 1 | 2.0 kB | 34ms | 210ms |\
            """);
  }

  @Test
  void saysBelowTheTablesWhatLookUpsTook() {
    assertThat(
            SummaryFormat.MARKDOWN.format(
                new Summary(TALLY, new Rest.None(), null, null, new Delays(0.9, Map.of()), null)))
        .endsWith(
            "| timeout | 10 |\n\n"
                + "workers waited for name look-ups 90% of the time; see --dns-servers");
  }

  @Test
  void saysWhatAStoppedRunDidNotReach() {
    assertThat(markdown(TALLY, new Rest.Known(5), new HostTallies(List.of(), 0, true)))
        .contains("| failed | not reached | retries |", "| 10 | 5 | 3 |")
        .doesNotContain("| host |");
    assertThat(markdown(TALLY, new Rest.AtLeast(5), new HostTallies(List.of(), 0, true)))
        .contains("| 10 | at least 5 | 3 |");
  }

  @Test
  void namesTheBusiestHostsWhereNoneFailed() {
    assertThat(
            markdown(
                TALLY, new Rest.None(), new HostTallies(List.of(host("good.test", 0)), 3, false)))
        .contains("| good.test | 20 |", "too many hosts to count exactly");
  }

  @Test
  void writesNoCharacterThatMarkdownOrHtmlCouldTakeForMarkup() {
    String hostile = "a|b`c`<img src=x>[x](javascript:y)*_@me&lt;\u202e\u001b\n# x";

    assertThat(MarkdownSummary.escaped(hostile))
        .doesNotContain("|", "`", "<", "[", "(", "*", "_", "@", "\u202e", "\u001b", "\n")
        .contains("a&#124;b&#96;c", "&#38;lt;");
    assertThat(MarkdownSummary.escaped("x".repeat(5000))).hasSize(201);
    assertThat(MarkdownSummary.escaped("xn--bcher-kva.example")).isEqualTo("xn--bcher-kva.example");
  }

  private static String markdown(Changes.@Nullable Vanished vanished) {
    Changes changes = new Changes(Map.of(Change.NEW, 1L, Change.GONE, 2L), vanished);
    return SummaryFormat.MARKDOWN.format(
        new Summary(TALLY, new Rest.None(), null, changes, Delays.NONE, null));
  }

  @Test
  void countsChangesAndListsWhatVanished() {
    assertThat(markdown(new Changes.Vanished(3, List.of("a.test/", "b*.test/"))))
        .endsWith(
            """
            | timeout | 10 |

            | change | URLs |
            |---|---:|
            | new | 1 |
            | same | 0 |
            | changed | 0 |
            | gone | 2 |
            | failed | 0 |
            | recovered | 0 |
            | vanished | 3 |

            - a.test/
            - b&#42;.test/\
            """);
  }

  @Test
  void listsNothingWhereNothingVanishedOrNoOneKnows() {
    assertThat(markdown(new Changes.Vanished(0, List.of())))
        .endsWith("| recovered | 0 |\n| vanished | 0 |");
    assertThat(markdown(null)).endsWith("| recovered | 0 |");
  }

  @Test
  void cutsOnlyNamesOfMoreThanTwoHundredCharacters() {
    assertThat(MarkdownSummary.escaped("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(MarkdownSummary.escaped("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
  }

  @Test
  void writesABackslashAsANumber() {
    assertThat(MarkdownSummary.escaped("a\\b")).isEqualTo("a&#92;b");
  }
}
