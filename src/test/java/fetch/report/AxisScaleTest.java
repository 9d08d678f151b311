package fetch.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisScaleTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  @Test
  void placesValuesInProportion() {
    AxisScale scale = new AxisScale(0, 50, 300, 100, false);

    assertThat(scale.at(0)).isEqualTo(300);
    assertThat(scale.at(25)).isEqualTo(200);
    assertThat(scale.at(50)).isEqualTo(100);
  }

  @Test
  void placesValuesByTheirLogarithms() {
    AxisScale scale = new AxisScale(0.01, 1, 0, 100, true);

    assertThat(scale.at(0.01)).isCloseTo(0, EXACT);
    assertThat(scale.at(0.1)).isCloseTo(50, EXACT);
    assertThat(scale.at(1)).isCloseTo(100, EXACT);
  }

  @ParameterizedTest
  @CsvSource({"1.05, 1.2", "13.5, 15", "16, 20", "30, 30", "101, 120", "6e7, 6e7", "0.3, 0.3"})
  void endsAtARoundNumber(double greatest, double most) {
    AxisScale scale = AxisScale.fromZero(greatest, 0, 1);

    assertThat(scale.most()).isCloseTo(most, Offset.offset(most * 1e-9));
    assertThat(scale.ticks()).hasSizeBetween(4, 7).startsWith(0.0);
    assertThat(scale.ticks().getLast()).isCloseTo(most, Offset.offset(most * 1e-9));
  }

  @Test
  void hasTicksHoweverNarrowOrWideItIs() {
    assertThat(new AxisScale(0.01, 30, 0, 1, true).ticks()).hasSize(11).contains(0.05, 10.0);
    assertThat(new AxisScale(0.09, 0.15, 0, 1, true).ticks())
        .hasSizeBetween(3, 5)
        .anyMatch(tick -> Math.abs(tick - 0.12) < 1e-9);
  }
}
