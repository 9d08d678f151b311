package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FetchResult;
import fetch.Percentiles;
import fetch.Tally;
import fetch.output.SummaryFormat.Rest;
import fetch.output.SummaryFormat.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person at a terminal sees in place of the contract's text. */
class TextStyleTest {
  private static final TextStyle ALIGNED = new TextStyle(true, false);
  private static final TextStyle COLOURED = new TextStyle(false, true);
  private static final TextStyle BOTH = new TextStyle(true, true);

  private static String encode(OutputFormat format, TextStyle look, List<FetchResult> results) {
    ByteBuilder out = new ByteBuilder(16);
    RecordFormat records = format.create(null, look);
    records.begin(out);
    results.forEach(result -> records.encode(result, out));
    return out.toString();
  }

  private static String text(TextStyle look) {
    return encode(OutputFormat.TEXT, look, Results.all());
  }

  private static String uncoloured(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Test
  void alignsWhatAPersonReads() {
    assertThat(text(ALIGNED))
        .isEqualTo(
            """
            200   1.3 kB  34 ms http://example.org/
            204  12.3 GB 1.00 s https://user:***@example.org/ü (2 retries)
            ---     12 B 2.00 s https://example.com/2 timeout: no response within 2s
            404     12 B 2.00 s https://example.com/3 http_status: the server returned 404
            200     12 B 2.00 s https://example.com/4 partial: 12 of 20 bytes came
            ---        -      - http://%20\\x1b[31m\\x\\t\\x85é😀 invalid_url: line 6 of list.txt: not a URL: its host is empty
            ---        -      - ftp://example.org/,%20"x" unsupported_scheme: line 7 of a b.txt: fetch supports http and https, not ftp
            ---      0 B   0 ms https://example.com/slow interrupted: the run was stopped
            """);
  }

  @Test
  void coloursNothingButTheStatusAndTheError() {
    assertThat(text(BOTH).lines())
        .startsWith(
            "\u001b[32m200\u001b[0m   1.3 kB  34 ms http://example.org/",
            "\u001b[32m204\u001b[0m  12.3 GB 1.00 s https://user:***@example.org/ü (2 retries)",
            "\u001b[31m---\u001b[0m     12 B 2.00 s https://example.com/2"
                + " \u001b[31mtimeout\u001b[0m: no response within 2s",
            "\u001b[33m404\u001b[0m     12 B 2.00 s https://example.com/3"
                + " \u001b[31mhttp_status\u001b[0m: the server returned 404",
            "\u001b[31m200\u001b[0m     12 B 2.00 s https://example.com/4"
                + " \u001b[31mpartial\u001b[0m: 12 of 20 bytes came");
  }

  @Test
  void keepsTheContractUnderTheColours() {
    assertThat(uncoloured(text(COLOURED)))
        .isEqualTo(text(TextStyle.PLAIN))
        .isNotEqualTo(text(COLOURED));
    assertThat(uncoloured(text(BOTH))).isEqualTo(text(ALIGNED));
  }

  @ParameterizedTest
  @EnumSource(value = OutputFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "TEXT")
  void leavesWhatMachinesReadAsItIs(OutputFormat format) {
    assertThat(encode(format, BOTH, Results.all()))
        .isEqualTo(encode(format, TextStyle.PLAIN, Results.all()));
  }

  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void letsNoControlThroughButItsOwn(String text) {
    String record = encode(OutputFormat.TEXT, BOTH, List.of(Results.hostile(text)));

    assertThat(record).endsWith("\n");
    assertThat(uncoloured(record.substring(0, record.length() - 1)))
        .satisfies(Hostile::hasNoControls)
        .isEqualTo(
            encode(OutputFormat.TEXT, ALIGNED, List.of(Results.hostile(text))).replace("\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "499999, 0 ms",
    "999499999, 999 ms",
    "999500000, 1.00 s",
    "9994000000, 9.99 s",
    "9995000000, 10.0 s",
    "99949000000, 99.9 s",
    "99950000000, 100 s",
    "3600000000000, 3600 s"
  })
  void givesTimesThreeDigits(long nanos, String time) {
    assertThat(QuantityFormat.time(nanos)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59, 59s",
    "60, 1m00s",
    "3599, 59m59s",
    "3600, 1h00m",
    "86399, 23h59m",
    "86400, 1d00h",
    "2678400, 31d00h"
  })
  void givesSpansTwoUnits(long seconds, String span) {
    assertThat(QuantityFormat.span(seconds)).isEqualTo(span);
  }

  @Test
  void coloursTheSummary() {
    Tally mixed = new Tally(3, 2, Map.of("dns", 1L), 0, 0, 0, Percentiles.NONE);
    Tally nothing = new Tally(0, 0, Map.of(), 0, 0, 0, Percentiles.NONE);

    assertThat(SummaryFormat.TEXT.format(new Summary(mixed, new Rest.Known(5)), COLOURED))
        .startsWith(
            "3 urls: \u001b[32m2 ok\u001b[0m, \u001b[31m1 failed\u001b[0m (1 dns)"
                + "\u001b[33m, 5 not reached\u001b[0m; ");
    assertThat(SummaryFormat.TEXT.format(new Summary(nothing, new Rest.None()), COLOURED))
        .isEqualTo(SummaryFormat.TEXT.format(new Summary(nothing, new Rest.None())));
    assertThat(SummaryFormat.JSON.format(new Summary(mixed, new Rest.None()), COLOURED))
        .startsWith("{\"urls\"");
  }
}
