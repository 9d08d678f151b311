package fetch.compare;

import static fetch.compare.Measurements.POOL_16;
import static fetch.compare.Measurements.POOL_4;
import static fetch.compare.Measurements.SERIAL;
import static fetch.compare.Measurements.VIRTUAL_16;
import static fetch.compare.Measurements.VIRTUAL_4;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AdviceTest {
  @Test
  void isTheFastestWhereNothingElseIsNearlyAsFast() {
    Advice advice = new Measurements().took(SERIAL, 20).took(POOL_4, 5).took(POOL_16, 1.4).advice();

    assertThat(advice.setting()).isEqualTo(POOL_16);
    assertThat(advice.command()).isEqualTo("take pool 16");
    assertThat(advice.sentence())
        .isEqualTo(
            "pool 16 is the fastest, and no other within 5% of it is cheaper: 1.40 s, 0.75 s of"
                + " CPU, 70 MB.");
  }

  @Test
  void isTheCheapestThatIsNearlyAsFast() {
    Advice advice =
        new Measurements()
            .took(POOL_16, Measurements.costing(1.0, 90e6), 1.40)
            .took(VIRTUAL_16, Measurements.costing(0.6, 80e6), 1.46)
            .took(VIRTUAL_4, Measurements.costing(0.1, 70e6), 5)
            .advice();

    assertThat(advice.setting()).isEqualTo(VIRTUAL_16);
    assertThat(advice.sentence())
        .isEqualTo(
            "virtual 16 is the cheapest within 5% of the fastest (1.40 s): 1.46 s, 0.60 s of CPU,"
                + " 80 MB.");
  }

  @Test
  void prefersFewWorkersWhereTheProcessorTimeIsTheSame() {
    assertThat(
            new Measurements()
                .took(POOL_16, Measurements.costing(1.00, 60e6), 1.40)
                .took(POOL_4, Measurements.costing(1.04, 70e6), 1.41)
                .took(VIRTUAL_4, Measurements.costing(1.02, 65e6), 1.42)
                .advice()
                .setting())
        .isEqualTo(VIRTUAL_4);
  }

  @Test
  void isNeverASettingInWhichMoreUrlsFail() {
    assertThat(
            new Measurements()
                .took(POOL_16, Measurements.failing(1, Map.of()), 1)
                .took(POOL_4, 5)
                .failed(VIRTUAL_4, "a bug")
                .advice()
                .setting())
        .isEqualTo(POOL_4);
  }

  @Test
  void goesByTheTimeWhereTheCostIsUnknown() {
    assertThat(
            new Measurements()
                .took(POOL_16, Measurements.costing(Double.NaN, Double.NaN), 1.40)
                .took(POOL_4, Measurements.costing(Double.NaN, Double.NaN), 1.42)
                .advice()
                .sentence())
        .isEqualTo(
            "pool 4 is the cheapest within 5% of the fastest (1.40 s): 1.42 s, - s of CPU, - MB.");
  }

  @Test
  void isNoneWhereNothingWasMeasured() {
    assertThat(Advice.of(new Measurements().failed(POOL_4, "a bug").results(), Setting::toString))
        .isNull();
  }
}
