package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fetch.Limit;
import fetch.Percentiles;
import fetch.Tally;
import fetch.output.SummaryFormat.Rest;
import fetch.output.SummaryFormat.Summary;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryFormatTest {
  private static final long MILLI = 1_000_000;

  private static Tally tally() {
    Map<String, Long> failures = new LinkedHashMap<>();
    failures.put("timeout", 9L);
    failures.put("dns", 4L);
    return new Tally(
        1000,
        987,
        failures,
        0,
        12_345_678,
        5230 * MILLI,
        new Percentiles(34 * MILLI, 210 * MILLI, 1234 * MILLI));
  }

  private static Tally tally(long urls, long bytes, long elapsedNanos, long p50Nanos) {
    return new Tally(urls, urls, Map.of(), 0, bytes, elapsedNanos, new Percentiles(p50Nanos, 0, 0));
  }

  private static String text(Tally tally) {
    return SummaryFormat.TEXT.format(new Summary(tally, new Rest.None()));
  }

  private static JsonNode json(Tally tally, Rest rest) {
    String json = SummaryFormat.JSON.format(new Summary(tally, rest));
    assertThat(json).doesNotContain("\n");
    return RecordSchema.parse(json);
  }

  @Test
  void isTheLineOfTheContract() {
    assertThat(text(tally()))
        .isEqualTo(
            "1000 urls: 987 ok, 13 failed (9 timeout, 4 dns); 12.3 MB; 5.23 s elapsed;"
                + " 191 urls/s; p50 34ms p95 210ms p99 1.2s");
  }

  @Test
  void namesNoFailuresWhereThereAreNone() {
    assertThat(text(tally(0, 0, 0, 0)))
        .isEqualTo(
            "0 urls: 0 ok, 0 failed; 0 B; 0.00 s elapsed; 0.0 urls/s; p50 0ms p95 0ms p99 0ms");
  }

  @Test
  void saysWhatAStoppedRunDidNotReach() {
    assertThat(SummaryFormat.TEXT.format(new Summary(tally(), new Rest.Known(5))))
        .contains("13 failed (9 timeout, 4 dns), 5 not reached; ");
    assertThat(SummaryFormat.TEXT.format(new Summary(tally(), new Rest.AtLeast(5))))
        .contains("13 failed (9 timeout, 4 dns), at least 5 not reached; ");
  }

  @Test
  void saysHowManyRetriesThereWere() {
    Tally tally = new Tally(3, 3, Map.of(), 1, 0, 0, Percentiles.NONE);
    Tally stopped = new Tally(3, 2, Map.of("dns", 1L), 70, 0, 0, Percentiles.NONE);

    assertThat(text(tally)).startsWith("3 urls: 3 ok, 0 failed, 1 retry; ");
    assertThat(SummaryFormat.TEXT.format(new Summary(stopped, new Rest.Known(5))))
        .startsWith("3 urls: 2 ok, 1 failed (1 dns), 5 not reached, 70 retries; ");
    assertThat(json(stopped, new Rest.None()).get("retries").asLong()).isEqualTo(70);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "12345678, 12.3 MB",
    "1000000000, 1.0 GB",
    "2500000000000, 2.5 TB",
    "9223372036854775807, 9223.4 PB"
  })
  void writesSizesWithADecimalUnit(long bytes, String size) {
    assertThat(text(tally(1, bytes, 1, 0))).contains("; " + size + "; ");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "499999, 0ms",
    "500000, 1ms",
    "34000000, 34ms",
    "999499999, 999ms",
    "999500000, 1.0s",
    "1000000000, 1.0s",
    "1250000000, 1.3s",
    "75000000000, 75.0s"
  })
  void writesTimesInMillisecondsOrSeconds(long nanos, String time) {
    assertThat(text(tally(1, 0, 1, nanos))).contains("p50 " + time + " p95");
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5 urls/s", "19, 9.5 urls/s", "20, 10 urls/s", "100000, 50000 urls/s"})
  void writesSlowRatesWithADecimal(long urls, String rate) {
    assertThat(text(tally(urls, 0, 2000 * MILLI, 0))).contains("; " + rate + "; ");
  }

  @Test
  void saysTheSameInJson() {
    JsonNode json = json(tally(), new Rest.None());

    assertThat(json.get("urls").asLong()).isEqualTo(1000);
    assertThat(json.get("ok").asLong()).isEqualTo(987);
    assertThat(json.get("failed").asLong()).isEqualTo(13);
    assertThat(json.get("errors")).hasToString("{\"timeout\":9,\"dns\":4}");
    assertThat(json.get("not_reached").asLong()).isZero();
    assertThat(json.get("bytes").asLong()).isEqualTo(12_345_678);
    assertThat(json.get("elapsed").asDouble()).isEqualTo(5.23);
    assertThat(json.get("urls_per_second").asDouble()).isEqualTo(191.2);
    assertThat(json.get("p50").asDouble()).isEqualTo(0.034);
    assertThat(json.get("p95").asDouble()).isEqualTo(0.21);
    assertThat(json.get("p99").asDouble()).isEqualTo(1.234);
    assertThat(json).hasSize(14);
  }

  @Test
  void knowsNoNumberInJsonForWhatItCouldNotCount() {
    assertThat(json(tally(), new Rest.Known(5)).get("not_reached").asLong()).isEqualTo(5);
    assertThat(json(tally(), new Rest.AtLeast(5)).get("not_reached").isNull()).isTrue();
  }

  @Test
  void hasNoErrorsInJsonWhereThereAreNone() {
    assertThat(json(tally(0, 0, 0, 0), new Rest.None()).get("errors").isEmpty()).isTrue();
  }

  private static String lookups(SummaryFormat format, long elapsedNanos, double share) {
    Tally tally = new Tally(3, 3, Map.of(), 0, 0, elapsedNanos, Percentiles.NONE);
    return format.format(
        new Summary(tally, new Rest.None(), null, null, new Delays(share, Map.of()), null));
  }

  private static String limits(SummaryFormat format, long seconds, Map<Limit, Long> limits) {
    Tally tally = new Tally(3, 3, Map.of(), 0, 0, seconds * 1_000_000_000, Percentiles.NONE);
    return format.format(
        new Summary(tally, new Rest.None(), null, null, new Delays(0, limits), null));
  }

  @Test
  void saysWhatTheLimitsCost() {
    Map<Limit, Long> waits = new EnumMap<>(Limit.class);
    waits.put(Limit.RETRY_AFTER, 12_340_000_000L);
    waits.put(Limit.PER_HOST_RATE, 100_000_000_000L);
    waits.put(Limit.RATE, 900_000_000L);
    String line =
        "time that limits held hosts back: --per-host-rate 100.0s, Retry-After or a used-up quota"
            + " 12.3s";

    assertThat(limits(SummaryFormat.TEXT, 20, waits).lines().skip(1)).containsExactly(line);
    assertThat(limits(SummaryFormat.MARKDOWN, 20, waits)).endsWith("\n\n" + line);
    assertThat(limits(SummaryFormat.TEXT, 1000, waits)).doesNotContain("Retry-After");
    assertThat(limits(SummaryFormat.TEXT, 10_000, waits)).doesNotContain("limits");
    assertThat(limits(SummaryFormat.JSON, 10_000, waits))
        .contains(
            "\"waits\":{\"per_host\":0.000,\"per_host_rate\":100.000,\"rate\":0.900,"
                + "\"retry_after\":12.340,\"crawl_delay\":0.000,\"limit_rate\":0.000}");
  }

  @Test
  void saysThatLookUpsTookMostOfTheTime() {
    assertThat(lookups(SummaryFormat.TEXT, 2_000_000_000, 0.724).lines().skip(1))
        .containsExactly("workers waited for name look-ups 72% of the time; see --dns-servers");
    assertThat(lookups(SummaryFormat.TEXT, 2_000_000_000, 0.4)).doesNotContain("look-ups");
    assertThat(lookups(SummaryFormat.TEXT, 500_000_000, 0.9)).doesNotContain("look-ups");
    assertThat(lookups(SummaryFormat.JSON, 500_000_000, 0.724)).contains("\"lookup_share\":0.724");
  }
}
