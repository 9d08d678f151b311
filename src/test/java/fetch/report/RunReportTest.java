package fetch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FakeClock;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Limit;
import fetch.Outcome;
import fetch.Percentiles;
import fetch.Sample;
import fetch.Tally;
import fetch.Target;
import fetch.Timings;
import fetch.output.SummaryFormat.Rest;
import java.io.StringReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RunReportTest {
  private static final long MILLI = 1_000_000;
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?i)<script|<link|<img|<iframe|@import|url\\(|src=|href=|\\son\\w+=");
  private static final Timings TIMES =
      new Timings(0, 2 * MILLI, 5 * MILLI, 9 * MILLI, 30 * MILLI, 40 * MILLI);

  private final FakeClock clock = new FakeClock();
  private final RunStatistics run = new RunStatistics(clock, false);

  private static FetchRequest request(String host) {
    String url = "https://" + host + "/";
    return new FetchRequest(0, url, new Target(url, url, host, 443));
  }

  private void fetched(FetchRequest request, Timings timings) {
    Attempt attempt = Sample.attempt(request, new Outcome.Responded(200), 5000, timings);
    run.attempted(request, attempt);
    run.ended(new FetchResult(request, "GET", null, attempt, 0, MILLI));
  }

  private void failed(FetchRequest request, String message) {
    Outcome outcome = new Outcome.Failed(FailureKind.TIMEOUT, message, 0, "");
    Attempt attempt = Sample.attempt(request, outcome, 0, TIMES);
    run.attempted(request, attempt);
    run.ended(
        new FetchResult(
            request, "GET", new Failure(FailureKind.TIMEOUT, message), attempt, 2, MILLI));
  }

  private final Map<Limit, Long> limits = new EnumMap<>(Limit.class);

  private String page(Rest rest, String list, String... options) {
    Tally tally =
        new Tally(3, 2, Map.of("timeout", 1L), 2, 10_000, 1_000 * MILLI, Percentiles.NONE);
    return RunReport.of(
        run,
        tally,
        rest,
        limits,
        new RunReport.Subject(list, List.of("today"), List.of(options), false));
  }

  private String page() {
    return page(new Rest.None(), "urls.txt");
  }

  /** A page that is XML after its first lines. */
  private static void assertWellFormed(String page) {
    String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
    assertThatCode(() ->
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body))))
        .as(body)
        .doesNotThrowAnyException();
  }

  @Test
  void needsNoOtherFileAndRunsNothing() {
    fetched(request("a.test"), TIMES);
    failed(request("b.test"), "no response within 2s");

    assertThat(page())
        .startsWith("<!doctype html>")
        .endsWith("</html>\n")
        .contains("prefers-color-scheme: dark", "@media print", "width=device-width")
        .doesNotContainPattern(ELSEWHERE)
        .doesNotContainPattern("@[A-Z]+@")
        .doesNotContain("NaN", "Infinity");
    assertWellFormed(page());
  }

  @Test
  void showsWhatTheLimitsCost() {
    assertThat(page()).doesNotContain("<h2>Limits</h2>");
    limits.put(Limit.PER_HOST_RATE, 2_500 * MILLI);

    assertWellFormed(page());
    assertThat(page()).contains("<h2>Limits</h2>", "--per-host-rate", "2.50s", "2.5 ×");
  }

  @Test
  void isWellFormedForARunWithoutEntries() {
    assertWellFormed(page());
    assertThat(page()).doesNotContain("NaN", "<h2>Errors</h2>", "<h2>Latency by phase</h2>");
  }

  @Test
  void takesNothingThatItIsGivenForMarkup() {
    String hostile = "</td><script>x</script>&amp;'\" onload=1 @BODY@ \u202e\u0000";
    FetchRequest request = new FetchRequest(0, hostile, new Target(hostile, hostile, hostile, 80));
    fetched(request, TIMES);
    failed(request, hostile);
    String page = page(new Rest.None(), hostile, hostile);

    assertWellFormed(page);
    assertThat(page)
        .doesNotContain("<script", "\u202e", "\u0000")
        .contains("&lt;script&gt;", "@BODY@", "&amp;amp;&#39;&quot; onload=1");
  }

  @Test
  void cutsWhatServersMakeLong() {
    failed(request("a.test"), "x".repeat(100_000));

    assertThat(page()).hasSizeLessThan(50_000).contains("x".repeat(300) + "…");
  }

  @Test
  void separatesThePhasesOfEachRequest() {
    fetched(request("a.test"), TIMES);
    String page = page();

    assertThat(page)
        .contains("<title>dns: half of the look-ups within 2.0ms")
        .contains("<title>connect: half of the connections within 3.0ms")
        .contains("<title>tls: half of the handshakes within 4.0ms")
        .contains("<title>first byte: half of the responses within 21ms")
        .contains("<title>body: half of the bodies within 10ms")
        .contains("<title>queue: half of the entries within 1.0ms");
  }

  @Test
  void countsNoPhaseTwiceWhereARedirectLed() {
    PhaseTimes.Durations second =
        PhaseTimes.Durations.of(
            new Timings(0, 2 * MILLI, 5 * MILLI, 9 * MILLI, 70 * MILLI, 75 * MILLI), 40 * MILLI);

    assertThat(second)
        .isEqualTo(new PhaseTimes.Durations(0, 0, 0, 30 * MILLI, 5 * MILLI, 35 * MILLI));
  }

  @Test
  void saysWhatFailedWhereAndHow() {
    failed(request("b.test"), "no response within 2s");
    failed(request("b.test"), "no response within 3s");

    assertThat(page())
        .contains("<h2>Hosts with the most failures</h2>")
        .containsPattern(
            "<th scope=\"row\">b.test</th>\\s*<td>2</td>\\s*<td class=\"words\">timeout")
        .contains("<td class=\"words\">no response within 2s</td>", "https://b.test/")
        .doesNotContain("within 3s");
  }

  @Test
  void saysWhatAStoppedRunDidNotReach() {
    assertThat(page(new Rest.Known(7), "urls.txt")).contains("<dt>not reached</dt><dd>7</dd>");
    assertThat(page(new Rest.AtLeast(7), "urls.txt")).contains("<dd>at least 7</dd>");
  }

  @Test
  void leavesOutWhatTheNextRunFetches() {
    RunStatistics resumable = new RunStatistics(clock, true);
    Failure stop = new Failure(FailureKind.INTERRUPTED, "the run was stopped");
    resumable.ended(new FetchResult(request("a.test"), "GET", stop, null, 0, 0));

    assertThat(resumable.errors).isEmpty();
  }

  @Test
  void staysSmallHoweverManyHostsFail() {
    IntStream.range(0, 3000).forEach(i -> failed(request("h" + i + ".test"), "no"));
    IntStream.range(0, 40).forEach(_ -> failed(request("worst.test"), "no"));

    assertThat(run.failing.size()).isEqualTo(FailingHosts.MOST_HOSTS);
    assertThat(run.failing.worst(1).getFirst().host()).isEqualTo("worst.test");
    assertThat(run.failing.worst(1).getFirst().sure()).isEqualTo(40);
    assertThat(page())
        .hasSizeLessThan(60_000)
        .contains("<td>40+</td>", "There were too many failing hosts to count them exactly");
  }

  @Test
  void namesTheHostsWithTheSlowestRequestsHoweverManyThereAre() {
    fetched(request("slow.test"), new Timings(0, 0, 0, 0, 9_000 * MILLI, 9_001 * MILLI));
    IntStream.range(0, 1000)
        .forEach(i -> fetched(request("h" + i), new Timings(0, 0, 0, 0, 1, MILLI + i)));
    fetched(request("slower.test"), new Timings(0, 0, 0, 0, MILLI, 10_000 * MILLI));

    assertThat(run.slowest.all()).hasSize(20);
    assertThat(run.slowest.all().get(0))
        .extracting(SlowestHosts.Slowest::host, SlowestHosts.Slowest::phase)
        .containsExactly("slower.test", "body");
    assertThat(run.slowest.all().get(1).phase()).isEqualTo("first byte");
    assertThat(run.slowest.all().get(2).host()).isEqualTo("h999");
  }
}
