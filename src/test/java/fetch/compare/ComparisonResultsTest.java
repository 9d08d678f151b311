package fetch.compare;

import static fetch.compare.Measurements.POOL_16;
import static fetch.compare.Measurements.POOL_4;
import static fetch.compare.Measurements.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonResultsTest {
  @Test
  void takesTheMedian() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
    assertThat(Spread.of().median()).isNaN();
    assertThat(Spread.of(1, 2, 3).relative()).isEqualTo(1);
  }

  @Test
  void addsUpTheRunsOfASetting() {
    ComparisonResults results = new Measurements().took(POOL_4, 2, 1, 6).results();
    SettingResult row = results.rows().getFirst();

    assertThat(row.wall()).isEqualTo(new Spread(2, 1, 6));
    assertThat(row.urlsPerSecond()).isEqualTo(50);
    assertThat(row.processor()).isEqualTo(0.75);
    assertThat(row.peakMemory()).isEqualTo(70e6);
    assertThat(row.latencies().bars().getFirst().requests()).isEqualTo(300);
  }

  @Test
  void comparesWithSerial() {
    ComparisonResults results = new Measurements().took(POOL_4, 5.1).took(SERIAL, 20.4).results();

    assertThat(results.speedUp(results.rows().getFirst())).isCloseTo(4, within(1e-9));
    assertThat(results.speedUp(results.rows().getLast())).isEqualTo(1);
  }

  @Test
  void knowsNoSpeedUpWithoutSerial() {
    ComparisonResults results = new Measurements().took(POOL_4, 5).results();

    assertThat(results.speedUp(results.rows().getFirst())).isNaN();
  }

  @Test
  void keepsTheOrderOfThePlan() {
    ComparisonResults results =
        ComparisonResults.of(
            new RunPlan(List.of(SERIAL, POOL_4, POOL_16), 1),
            List.of(
                new Trial(POOL_16, new Trial.Failed(70, "a bug")),
                new Trial(SERIAL, new Trial.Measured(1, Measurements.figures()))));

    assertThat(results.rows())
        .extracting(SettingResult::setting)
        .containsExactly(SERIAL, POOL_4, POOL_16);
    assertThat(results.rows())
        .extracting(SettingResult::isMeasured)
        .containsExactly(true, false, false);
    assertThat(results.planned()).isEqualTo(3);
    assertThat(results.done()).isEqualTo(2);
    assertThat(results.hasNoFailure()).isFalse();
  }

  @Test
  void forgivesAFailureThatWasNotTheOnlyRun() {
    ComparisonResults results =
        new Measurements().took(POOL_4, 5).failed(POOL_4, "a bug").results();

    assertThat(results.hasNoFailure()).isTrue();
  }
}
