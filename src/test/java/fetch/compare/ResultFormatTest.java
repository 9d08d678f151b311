package fetch.compare;

import static fetch.compare.Measurements.POOL_16;
import static fetch.compare.Measurements.POOL_4;
import static fetch.compare.Measurements.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fetch.report.FigureFormat;
import fetch.report.Latencies;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFormatTest {
  private static final ComparisonResults RESULTS =
      new Measurements()
          .took(SERIAL, 20.4, 20.3)
          .took(POOL_16, 1.4, 1.46)
          .failed(POOL_4, "a \"bug\", a|b")
          .failed(POOL_4, "another")
          .results();
  private static final Conclusion CONCLUSION =
      new Conclusion(
          List.of("mind\tthe \"gap\""), new Advice(POOL_16, "It is.", "fetch -H 'a: \\b'"));

  private static String format(ResultFormat format) {
    return format.format(RESULTS, CONCLUSION);
  }

  @Test
  void setsColumnsForATerminal() {
    assertThat(format(ResultFormat.TEXT))
        .isEqualTo(
            """
            strategy  workers  wall s      min-max  speed-up  URLs/s  user s  sys s  MB    p50    p95    p99  failed
            serial          1   20.35  20.30-20.40      1.0x     4.9    0.50   0.25  70  100ms  100ms  100ms       0
            pool           16    1.43    1.40-1.46     14.2x    69.9    0.50   0.25  70  100ms  100ms  100ms       0
            pool            4  failed: a "bug", a|b
            """);
  }

  @Test
  void makesATableInMarkdown() {
    assertThat(format(ResultFormat.MARKDOWN).lines())
        .hasSize(5)
        .startsWith(
            "| strategy | workers | wall s | min-max | speed-up | URLs/s | user s | sys s | MB |"
                + " p50 | p95 | p99 | failed |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
                + " ---: |")
        .endsWith("| pool | 4 | failed: a \"bug\", a\\|b |  |  |  |  |  |  |  |  |  |  |");
  }

  @Test
  void writesEverySettingAsALineOfCsv() {
    assertThat(format(ResultFormat.CSV))
        .isEqualTo(
            """
            strategy,workers,runs,wall,wall_min,wall_max,speed_up,urls_per_second,user,system,peak_memory,p50,p95,p99,urls,failed,throttled,error
            serial,1,2,20.350,20.300,20.400,1.00,4.9,0.50,0.25,70000000,0.100351,0.100351,0.100351,100,0,0,
            pool,16,2,1.430,1.400,1.460,14.23,69.9,0.50,0.25,70000000,0.100351,0.100351,0.100351,100,0,0,
            pool,4,0,,,,,,,,,,,,,,,"a ""bug"", a|b"
            """);
  }

  @Test
  void writesAutoInPlaceOfANumber() throws IOException {
    Setting auto = new Setting(POOL_4.strategy(), Setting.AUTO);
    ComparisonResults results = new Measurements().took(auto, 2).results();
    Conclusion conclusion = new Conclusion(List.of(), new Advice(auto, "It is.", "fetch"));

    assertThat(auto.options()).containsExactly("-s", "pool", "-w", "auto");
    assertThat(ResultFormat.TEXT.format(results, conclusion)).containsPattern("pool +auto +2\\.00");
    assertThat(ResultFormat.CSV.format(results, conclusion)).contains("\npool,auto,1,2.000,");
    JsonNode json = new ObjectMapper().readTree(ResultFormat.JSON.format(results, conclusion));
    assertThat(json.at("/settings/0/workers").asText()).isEqualTo("auto");
    assertThat(json.at("/advice/workers").asText()).isEqualTo("auto");
  }

  @Test
  void saysAllInJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(format(ResultFormat.JSON));

    assertThat(json.get("runs_planned").asInt()).isEqualTo(6);
    assertThat(json.get("runs_done").asInt()).isEqualTo(6);
    assertThat(json.get("settings")).hasSize(3);
    assertThat(json.at("/settings/1/speed_up").asDouble()).isEqualTo(14.23);
    assertThat(json.at("/settings/2/wall").isNull()).isTrue();
    assertThat(json.at("/settings/2/error").asText()).isEqualTo("a \"bug\", a|b");
    assertThat(json.at("/warnings/0").asText()).isEqualTo("mind\tthe \"gap\"");
    assertThat(json.at("/advice/strategy").asText()).isEqualTo("pool");
    assertThat(json.at("/advice/command").asText()).isEqualTo("fetch -H 'a: \\b'");
  }

  @Test
  void hasNoAdviceInJsonWhereThereIsNone() throws IOException {
    ComparisonResults none = new Measurements().failed(POOL_4, "a bug").results();
    String json = ResultFormat.JSON.format(none, none.conclusion(Setting::toString));

    assertThat(new ObjectMapper().readTree(json).get("advice").isNull()).isTrue();
  }

  @Test
  void showsWhatWasNotRunAndWhatIsNotKnown() {
    Figures unknown =
        new Figures(4, 100, 100, Map.of(), null, new Latencies(), ResourceUsage.UNKNOWN);
    ComparisonResults results =
        ComparisonResults.of(
            new RunPlan(List.of(POOL_4, POOL_16), 1),
            List.of(new Trial(POOL_4, new Trial.Measured(123.4, unknown))));

    assertThat(ResultFormat.TEXT.format(results, CONCLUSION).lines().map(line -> line.split(" +")))
        .element(1)
        .isEqualTo(
            new String[] {
              "pool",
              "4",
              "123.4",
              "123.4-123.4",
              "-",
              "0.8",
              "-",
              "-",
              "-",
              "0.0ms",
              "0.0ms",
              "0.0ms",
              "0"
            });
    assertThat(ResultFormat.TEXT.format(results, CONCLUSION)).endsWith("16  not run\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0004, 0.4ms",
    "0.00994, 9.9ms",
    "0.00996, 10ms",
    "0.0994, 99ms",
    "0.9994, 999ms",
    "0.9996, 1.00s",
    "9.99, 9.99s",
    "9.999, 10.0s",
    "123.45, 123.5s"
  })
  void writesLatenciesWithTwoOrThreeDigits(double seconds, String text) {
    assertThat(FigureFormat.latency(seconds)).isEqualTo(text);
  }
}
