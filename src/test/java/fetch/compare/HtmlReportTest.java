package fetch.compare;

import static fetch.compare.Measurements.POOL_16;
import static fetch.compare.Measurements.POOL_4;
import static fetch.compare.Measurements.SERIAL;
import static fetch.compare.Measurements.VIRTUAL_16;
import static fetch.compare.Measurements.VIRTUAL_4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fetch.report.Latencies;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final Pattern PICTURE = Pattern.compile("(?s)<svg .*?</svg>");
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?i)<script|<link|<img|<iframe|@import|url\\(|src=|href=|\\son\\w+=");

  private static Measurements classic() {
    return new Measurements()
        .took(SERIAL, 20.2, 20.4)
        .took(POOL_4, 5.1, 5.2)
        .took(POOL_16, 1.4, 1.5)
        .took(VIRTUAL_4, 5.1, 5.3)
        .took(VIRTUAL_16, 1.4, 1.46);
  }

  private static String page(ComparisonResults results) {
    return HtmlReport.of(
        results, results.conclusion(setting -> "take " + setting), "urls.txt", List.of("today"));
  }

  private static String page(Measurements measurements) {
    return page(measurements.results());
  }

  private static void assertWellFormed(String svg) {
    assertThatCode(() ->
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg))))
        .as(svg)
        .doesNotThrowAnyException();
  }

  private static Stream<String> pictures(String page) {
    return PICTURE.matcher(page).results().map(MatchResult::group);
  }

  @Test
  void needsNoOtherFileAndRunsNothing() {
    assertThat(page(classic()))
        .startsWith("<!doctype html>")
        .endsWith("</html>\n")
        .contains("prefers-color-scheme: dark")
        .doesNotContainPattern(ELSEWHERE)
        .doesNotContain("http", "NaN", "Infinity", "@BODY@", "@FACTS@", "@FOOTER@");
  }

  @Test
  void drawsWhatIsWellFormed() {
    assertThat(pictures(page(classic()))).hasSize(5).allSatisfy(HtmlReportTest::assertWellFormed);
  }

  @Test
  void tellsThoseWhoCannotSeeAPictureWhatItShows() {
    assertThat(pictures(page(classic())))
        .allMatch(svg -> svg.contains("role=\"img\" aria-label=\"") || svg.contains("aria-hidden"));
  }

  @Test
  void showsTheGainOfEachSettingBesideTheIdeal() {
    assertThat(page(classic()))
        .contains("<h2>Speed-up over serial</h2>", "as serial, which took 20.30 s.")
        .contains("<title>ideal</title>")
        .contains("<title>pool 4: 3.9x</title>", "<title>virtual 16: 14x</title>")
        .contains("<title>pool 16: 70</title>", ">serial: 70</text>");
  }

  @Test
  void showsTheLatencyOfEverySetting() {
    assertThat(page(classic()))
        .contains("<title>serial: half of the requests within 100ms, 95% within 100ms, 99%")
        .contains("<text class=\"name\" x=\"0\" y=\"39\">serial</text>")
        .contains(">100 ms</text>");
  }

  @Test
  void givesTheAdviceTheWarningsAndAllFigures() {
    assertThat(page(classic().failed(POOL_4, "out of memory")))
        .contains("<p>pool 16 is the cheapest within 5% of the fastest")
        .contains("<pre><code>take pool 16</code></pre>")
        .contains("<li>pool 4 failed in 1 of 3 runs: out of memory</li>")
        .contains("<tr class=\"pool advised\">")
        .contains("<td>20.20-20.40</td>");
  }

  @Test
  void showsThatASettingFailed() {
    assertThat(page(classic().failed(new Setting(POOL_4.strategy(), 64), "a <b>ug & 100%")))
        .contains("<td class=\"words\" colspan=\"11\">failed: a &lt;b&gt;ug &amp; 100%</td>");
  }

  @Test
  void showsTheRateWhereThereIsNoSerial() {
    assertThat(page(new Measurements().took(POOL_4, 5).took(POOL_16, 2)))
        .contains("<h2>URLs per second</h2>", "<title>pool 16: 50</title>")
        .doesNotContain("<title>ideal", "Speed-up over serial", ">serial:");
  }

  @Test
  void leavesOutTheChartsThereIsNothingFor() {
    assertThat(page(new Measurements().took(SERIAL, 20)))
        .contains("<h2>Latency</h2>")
        .doesNotContain("<h2>Memory</h2>", "<h2>Speed-up", "NaN");
    assertThat(page(new Measurements().failed(POOL_4, "a bug")))
        .contains("failed: a bug")
        .doesNotContain("<svg", "<h2>Advice</h2>", "NaN");
    assertThat(page(new Measurements().took(POOL_4, unknown(), 5)))
        .contains("<h2>URLs per second</h2>")
        .doesNotContain("<h2>Memory</h2>", "<h2>Latency</h2>", "NaN");
  }

  private static Figures unknown() {
    return new Figures(4, 1, 1, Map.of(), null, new Latencies(), ResourceUsage.UNKNOWN);
  }

  @Test
  void drawsAutoAtTheNumberThatItFound() {
    Setting auto = new Setting(POOL_4.strategy(), Setting.AUTO);
    String page = page(new Measurements().took(POOL_4, 9).took(auto, 7));

    assertThat(page).contains("<title>pool auto: ", ">16</text>", "<td>auto</td>");
    assertThat(pictures(page)).allSatisfy(HtmlReportTest::assertWellFormed);
  }

  @Test
  void spreadsWorkersThatAreFarApart() {
    String page =
        page(
            new Measurements()
                .took(SERIAL, 100)
                .took(new Setting(POOL_4.strategy(), 1), 100)
                .took(POOL_16, 7)
                .took(new Setting(POOL_4.strategy(), 1000), 1));

    assertThat(page).contains(">1</text>", ">16</text>", ">1000</text>").doesNotContain("NaN");
    assertThat(pictures(page)).allSatisfy(HtmlReportTest::assertWellFormed);
  }

  @Test
  void saysWhetherAllRunsWereMade() {
    assertThat(page(classic())).contains(">100 URLs · 10 runs · today<");
    assertThat(
            page(
                ComparisonResults.of(
                    new RunPlan(List.of(POOL_4, POOL_16), 1),
                    List.of(new Trial(POOL_4, new Trial.Measured(5, Measurements.figures()))))))
        .contains(">100 URLs · stopped after 1 of 2 runs · today<");
  }

  @Test
  void takesNothingThatItIsGivenForMarkup() {
    ComparisonResults results = classic().results();
    String page =
        HtmlReport.of(
            results,
            new Conclusion(List.of("<script>\u0000"), new Advice(POOL_4, "a < b", "'<i>'")),
            "</title><script>",
            List.of("<b>"));

    assertThat(page).doesNotContainPattern(ELSEWHERE).doesNotContain("<i>", "<b>", "\u0000");
  }
}
