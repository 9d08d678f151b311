package fetch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fetch.Percentiles;
import fetch.Tally;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final long MILLI = 1_000_000;
  private static final Offset<Double> NEAR = within(0.5);

  private final Speed speed = new Speed();

  private void at(long millis, long urls, long bytes) {
    speed.update(new Tally(urls, urls, Map.of(), 0, bytes, millis * MILLI, Percentiles.NONE));
  }

  @Test
  void isNothingAtFirst() {
    at(0, 0, 0);

    assertThat(speed.urlsPerSecond()).isZero();
    assertThat(speed.bytesPerSecond()).isZero();
    assertThat(speed.secondsFor(10)).isEmpty();
  }

  @Test
  void isThatOfTheWholeOfAShortRun() {
    at(300, 30, 3000);
    assertThat(speed.urlsPerSecond()).isCloseTo(100, NEAR);

    at(3000, 600, 60_000);
    assertThat(speed.urlsPerSecond()).isCloseTo(200, NEAR);
    assertThat(speed.bytesPerSecond()).isCloseTo(20_000, NEAR);
    assertThat(speed.secondsFor(100)).hasValueCloseTo(0.5, within(0.01));
  }

  @Test
  void forgetsWhatWasMoreThanTenSecondsAgo() {
    long urls = 0;
    for (int tenths = 0; tenths <= 600; tenths++) {
      urls += tenths < 300 ? 100 : 1;
      at(100L * tenths, urls, 0);
    }

    assertThat(speed.urlsPerSecond()).isCloseTo(10, NEAR);
    assertThat(speed.secondsFor(100)).hasValueCloseTo(10.0, NEAR);
  }

  @Test
  void bearsBeingAskedSeldom() {
    for (int times = 0; times <= 5; times++) {
      at(10_001L * times, 100L * times * times, 0);
    }

    assertThat(speed.urlsPerSecond()).isCloseTo(90, NEAR);
  }

  @Test
  void judgesByTheWholeRunWhereFewUrlsEnd() {
    for (int minute = 0; minute <= 10; minute++) {
      at(60_000L * minute, minute, 0);
    }

    assertThat(speed.secondsFor(5)).hasValueCloseTo(300.0, NEAR);
  }
}
