package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that mixes good lines with every kind of bad one. */
class MixedListTest {
  private static final List<String> BAD =
      List.of(
          "not a url",
          "http://",
          "http:///",
          "https://?",
          "http://[::1",
          "http://[fe80::1%25eth0]/",
          "http://host:99999/",
          "http://host:port/",
          "http://a b/",
          "http://%zz/",
          "http://exa<mple/",
          "principalクラス={0}",
          "\"http://127.0.0.1/\"",
          "http://\u0007/\u001b[31m",
          "ftp://127.0.0.1/file",
          "file:///etc/passwd",
          "mailto:me@example.invalid",
          "javascript:alert(1)",
          "data:text/plain,hello",
          "://",
          ":",
          "?",
          "%00",
          "http://127.0.0.1:1/refused",
          "http://" + "a".repeat(300) + ":1\u0000/",
          "x".repeat(70_000));

  @AutoClose private final Site site = Site.open();

  private byte[] list() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\uFEFF# every kind\n\n".getBytes(StandardCharsets.UTF_8));
    int n = 0;
    for (String line : lines()) {
      String end = n++ % 2 == 0 ? "\n" : "\r\n\n  # comment\n";
      bytes.writeBytes((line + end).getBytes(StandardCharsets.UTF_8));
    }
    bytes.writeBytes("http://127.0.0.1/".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc0, (byte) 0x80});
    return bytes.toByteArray();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String bad : BAD) {
      lines.add(bad);
      lines.add(site.url("/good/" + lines.size()));
    }
    lines.addAll(List.of(site.url("/status/404"), site.url("/hangup"), site.url("/silent")));
    return lines;
  }

  private Ended fetch(StrategyKind strategy, String format) {
    return InProcess.fetch(
        list(),
        Map.of(),
        "-s" + strategy,
        "--ordered",
        "-m0.3",
        "--retry=0",
        "-f" + format,
        "--summary=json");
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void endsInAsManyRecordsAsEntries(StrategyKind strategy) {
    Ended ended = fetch(strategy, "jsonl");

    int entries = lines().size() + 1;
    assertThat(ended.records()).hasSize(entries);
    for (int n = 0; n < entries; n++) {
      assertThat(ended.records().get(n)).startsWith("{\"urlnum\":" + n + ",");
    }
    assertThat(ended.records()).filteredOn(r -> r.contains("\"ok\":true")).hasSize(BAD.size());
    assertThat(ended.err())
        .startsWith("{\"urls\":" + entries + ",\"ok\":" + BAD.size() + ",")
        .hasLineCount(1);
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "jsonl", "csv", "tsv"})
  void looksTheSameFromEveryStrategyApartFromTimes(String format) {
    String serial = withoutTimes(fetch(StrategyKind.SERIAL, format).out());

    assertThat(withoutTimes(fetch(StrategyKind.POOL, format).out())).isEqualTo(serial);
    assertThat(withoutTimes(fetch(StrategyKind.VIRTUAL, format).out())).isEqualTo(serial);
    assertThat(withoutTimes(fetch(StrategyKind.ASYNC, format).out())).isEqualTo(serial);
  }

  /** Masks times. */
  private static String withoutTimes(String records) {
    return records
        .replaceAll("\\d+\\.\\d{6}", "S")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "T")
        .replaceAll("(?m)^(\\d{3}|---) (\\d+) \\d+\\.\\d{3} ", "$1 $2 S ");
  }

  @Test
  void keepsControlCharactersFromTheTerminal() {
    Ended ended = fetch(StrategyKind.VIRTUAL, "text");

    assertThat(ended.everything().replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
  }
}
