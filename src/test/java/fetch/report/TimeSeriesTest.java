package fetch.report;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.report.TimeSeries.Bar;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeSeriesTest {
  private static final long SECOND = 1_000_000_000;

  private final TimeSeries series = new TimeSeries();

  @Test
  void countsEveryEventOfALongRunOnce() {
    for (int i = 0; i < 100_000; i++) {
      series.add(i * SECOND, i % 4 != 0);
    }
    List<Bar> bars = series.bars(100_000 * SECOND);

    assertThat(bars).hasSizeBetween(50, 120);
    assertThat(bars.stream().mapToLong(Bar::good).sum()).isEqualTo(75_000);
    assertThat(bars.stream().mapToLong(Bar::bad).sum()).isEqualTo(25_000);
    assertThat(bars).allMatch(bar -> Math.abs(bar.perSecond(bar.good() + bar.bad()) - 1) < 0.05);
  }

  @Test
  void hasABarForTheTimeWithoutEvents() {
    series.add(0, true);
    List<Bar> bars = series.bars(SECOND);

    assertThat(bars.stream().mapToLong(Bar::length).sum()).isEqualTo(SECOND);
    assertThat(bars).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void countsAnEventAfterTheClockWasRead() {
    series.add(3 * SECOND, false);

    assertThat(series.bars(SECOND).stream().mapToLong(Bar::bad).sum()).isEqualTo(1);
    assertThat(new TimeSeries().bars(0)).hasSize(1);
  }
}
