package fetch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Percentiles;
import fetch.Tally;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private static final int WIDE = 1000;
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final ProgressLine line = new ProgressLine();

  private static Tally tally(long urls, long ok, long retries, long bytes, long millis) {
    return new Tally(urls, ok, Map.of(), retries, bytes, millis * 1_000_000, Percentiles.NONE);
  }

  private static Tally usual() {
    return tally(1234, 1221, 3, 12_000_000, 10_000);
  }

  @Test
  void tellsAll() {
    assertThat(line.update(usual(), OptionalLong.of(10_000), 16, null, WIDE))
        .isEqualTo(
            "1234/10000 12%  1m12s left  123/s  1221 ok  13 failed  16 in flight  1.2 MB/s"
                + "  3 retries");
  }

  @Test
  void leavesOutWhatItDoesNotKnow() {
    assertThat(line.update(usual(), UNKNOWN, 16, null, 50))
        .isEqualTo("1234 done  123/s  1221 ok  13 failed  16 in flight");
    assertThat(new ProgressLine().update(tally(0, 0, 0, 0, 300), OptionalLong.of(7), 4, null, WIDE))
        .startsWith("0/7 0%  0.0/s");
  }

  @Test
  void disbelievesATotalThatIsTooSmall() {
    assertThat(line.update(usual(), OptionalLong.of(1233), 0, null, WIDE))
        .startsWith("1234 done  123/s");
    assertThat(new ProgressLine().update(usual(), OptionalLong.of(1234), 0, null, WIDE))
        .startsWith("1234/1234 100%  0s left");
  }

  @Test
  void isNotDoneBeforeTheEnd() {
    assertThat(line.update(tally(9999, 9999, 0, 0, 1000), OptionalLong.of(10_000), 1, null, WIDE))
        .startsWith("9999/10000 99%  1s left");
    assertThat(new ProgressLine().update(tally(0, 0, 0, 0, 0), OptionalLong.of(0), 0, null, WIDE))
        .startsWith("0/0 100%  0.0/s");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 10, 20, 40, 60, 79, 80, 120})
  void fitsTheTerminal(int columns) {
    String text = line.update(usual(), OptionalLong.of(10_000), 16, null, columns);

    assertThat(text.length()).isLessThanOrEqualTo(Math.max(0, columns));
    assertThat(text).doesNotEndWith(" ");
    assertThat("1234/10000 12%  1m12s left  123/s  1221 ok  13 failed  16 in flight  1.2 MB/s  3 r")
        .startsWith(text.substring(0, Math.min(text.length(), 82)));
  }

  @Test
  void takesEightyColumnsForMostOfIt() {
    assertThat(line.update(usual(), OptionalLong.of(10_000), 16, null, 79)).endsWith("  1.2 MB/s");
  }

  @Test
  void keepsEachFigureInItsPlace() {
    String before = line.update(tally(100, 100, 0, 0, 10_000), UNKNOWN, 16, null, WIDE);
    String after = line.update(tally(200, 200, 0, 0, 30_000), UNKNOWN, 1, null, WIDE);

    assertThat(before).isEqualTo("100 done  10/s  100 ok  0 failed  16 in flight  0 B/s");
    assertThat(after).isEqualTo("200 done  5.0/s  200 ok  0 failed   1 in flight  0 B/s");
  }
}
