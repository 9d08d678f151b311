package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a list holds, each entry has its record. Nothing here is ever looked up or leaves. */
class GarbageTest {
  private static final int LINES = 3000;

  private static final List<String> PIECES =
      List.of(
          "http://",
          "https://",
          "//",
          "/",
          "\\",
          "?",
          "#",
          "@",
          ":",
          ".",
          "..",
          "-",
          "_",
          "~",
          "%",
          "%41",
          "%00",
          "%zz",
          "%e3%82%af",
          "[",
          "]",
          "[::1]",
          "[::ffff:1.2.3.4]",
          "{0}",
          "<",
          ">",
          "\"",
          "'",
          "|",
          "^",
          "`",
          "$",
          "&",
          "=",
          "+",
          ",",
          ";",
          "!",
          "*",
          "(",
          ")",
          " ",
          "\t",
          "a",
          "example",
          ".invalid",
          "www",
          "xn--",
          "xn--a",
          "xn--bcher-kva",
          "ü",
          "ß",
          "İ",
          "ク",
          "。",
          "\u00ad",
          "\u200b",
          "\ud83d\ude00",
          "\u202e",
          "0",
          "1",
          "0x7f",
          "256",
          "127.0.0.1",
          "65536",
          ":80",
          ":0",
          ":443",
          "user:secret@",
          "mailto:",
          "data:",
          "a".repeat(64));

  /** Lines of a few pieces each, always the same. */
  private static byte[] lines() {
    Random random = new Random(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int n = 0; n < LINES; n++) {
      StringBuilder line = new StringBuilder("x");
      for (int pieces = 1 + random.nextInt(7); pieces > 0; pieces--) {
        line.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String text = random.nextBoolean() ? "http://" + line.substring(1) : line.toString();
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private static void assertComplete(Ended ended) {
    assertThat(ended.records()).as(ended.err()).hasSize(LINES);
    assertThat(ended.err()).hasLineCount(1);
    assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void endsInARecordForEachEntryThroughAProxy(StrategyKind strategy) throws IOException {
    try (Site proxy = new Site()) {
      String address = "127.0.0.1:" + proxy.port();

      assertComplete(
          InProcess.fetch(
              lines(),
              Map.of(),
              "--retry=0",
              "-x",
              address,
              "--noproxy=none.invalid",
              "-s" + strategy));
    }
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void endsInARecordForEachEntryThroughAUnixSocket(StrategyKind strategy) {

    assertComplete(
        InProcess.fetch(
            lines(), Map.of(), "--retry=0", "--unix-socket=" + MissingPath.FILE, "-s" + strategy));
  }

  @Test
  void goesThroughAProxyToAHostThatNoUriHas() throws IOException {
    try (Site proxy = new Site()) {
      String address = "127.0.0.1:" + proxy.port();

      Ended ended =
          InProcess.fetch("", "-x", address, "--noproxy=x", "-q", "http://under_score.invalid/");

      assertThat(ended.out()).startsWith("200 ");
    }
  }
}
