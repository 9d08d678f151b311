package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.compare.Figures;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run measures of itself for {@code fetch compare}. */
class ComparisonProbeTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  @BeforeEach
  void open() throws IOException {
    InProcess.fetch(site.url("/the-first-request-of-a-process-is-slow"));
  }

  private Figures figures(String list, String... arguments) throws IOException {
    Path file = directory.resolve("figures");
    Map<String, String> environment = Map.of("FETCH_FIGURES", file.toString());
    InProcess.fetch(list.getBytes(StandardCharsets.UTF_8), environment, arguments);
    return Figures.parse(Files.readAllLines(file));
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void holdWhatARunCameTo(StrategyKind strategy) throws IOException {
    String slow = site.url("/after/700/slow");
    String list = site.url("/a") + "\n" + site.url("/status/404") + "\n" + slow + "\n%%\n";
    Figures figures = figures(list, "-s" + strategy, "-w5");

    assertThat(figures.workers()).isEqualTo(5);
    assertThat(figures.urls()).isEqualTo(4);
    assertThat(figures.ok()).isEqualTo(2);
    assertThat(figures.statuses()).isEqualTo(Map.of(200, 2L, 404, 1L));
    assertThat(figures.slowest())
        .isNotNull()
        .satisfies(slowest -> {
          assertThat(slowest.url()).isEqualTo(slow);
          assertThat(slowest.seconds()).isBetween(0.69, 10.0);
        });
    assertThat(figures.usage().user()).isPositive();
  }

  @Test
  void countAnswersThatATryWasMadeAfter() throws IOException {
    assertThat(figures(site.url("/later/0/x") + "\n").statuses())
        .isEqualTo(Map.of(200, 1L, 429, 1L));
  }
}
