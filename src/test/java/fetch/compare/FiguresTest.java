package fetch.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.report.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final Figures FIGURES =
      new Figures(
          16,
          1000,
          987,
          Map.of(200, 987L, 429, 6L),
          new Figures.Slowest("http://127.0.0.1/a?b", 1.25),
          Measurements.figures().latencies(),
          new ResourceUsage(1.5, 0.25, 70e6));

  @Test
  void areTheSameAfterTheirWayFromProcessToProcess() {
    Figures read = Figures.parse(FIGURES.lines());

    assertThat(read.workers()).isEqualTo(16);
    assertThat(read.urls()).isEqualTo(1000);
    assertThat(read.failed()).isEqualTo(13);
    assertThat(read.throttled()).isEqualTo(6);
    assertThat(read.statuses()).isEqualTo(FIGURES.statuses());
    assertThat(read.slowest()).isEqualTo(FIGURES.slowest());
    assertThat(read.usage()).isEqualTo(FIGURES.usage());
    assertThat(read.latencies().lines()).isEqualTo(FIGURES.latencies().lines());
  }

  @Test
  void mayBeUnknown() {
    Figures figures = new Figures(4, 0, 0, Map.of(), null, new Latencies(), ResourceUsage.UNKNOWN);
    Figures read = Figures.parse(figures.lines());

    assertThat(read.usage()).isEqualTo(ResourceUsage.UNKNOWN);
    assertThat(read.slowest()).isNull();
    assertThat(read.latencies().percentile(99)).isZero();
  }

  @Test
  void mayBeThoseOfALaterVersion() {
    List<String> lines = new ArrayList<>(FIGURES.lines());
    lines.add("mood fair");

    assertThat(Figures.parse(lines).urls()).isEqualTo(1000);
  }

  @Test
  void areRefusedWhenTheyAreCutOff() {
    assertThatThrownBy(() -> Figures.parse(List.of("workers 16")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no urls among the figures");
  }

  @Test
  void areExactToOneInAHundred() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.record(millis * 1_000_000L);
    }

    assertThat(latencies.percentile(50)).isBetween(0.495, 0.505);
    assertThat(latencies.percentile(99)).isBetween(0.98, 1.0);
    assertThat(latencies.bars()).hasSizeLessThan(600);
    assertThat(latencies.bars().stream().mapToLong(Latencies.Bar::requests).sum()).isEqualTo(1000);
  }
}
