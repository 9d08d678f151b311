package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.BadLine;
import fetch.Entry;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDraftTest {
  private static Entry entry(String more) {
    return new Lists(InputFormat.JSONL).read("{\"url\":\"h/\"," + more + "}").getFirst();
  }

  private static EntryOverrides own(String more) {
    return ((FetchRequest) entry(more)).own();
  }

  @Test
  void takesWhatAnEntryWantsOfItsRequest() {
    FetchRequest request =
        (FetchRequest)
            entry(
                "\"method\":\"PURGE\",\"timeout\":2.5,\"a\":1,\"headers\":{\"X-A\":\" b\u00fc"
                    + " \",\"Y\":[\"1\",\"2\"],\"Z\":null,\"E\":\"\"}");

    assertThat(request.own())
        .isEqualTo(
            new EntryOverrides(
                "PURGE",
                List.of(
                    new HeaderLine("X-A", "b\u00fc"),
                    new HeaderLine("Y", "1"),
                    new HeaderLine("Y", "2"),
                    new HeaderLine("Z", null),
                    new HeaderLine("E", "")),
                Duration.ofMillis(2500)));
    assertThat(Lists.meta(request)).containsExactly("a:1");
    assertThat(request.toString()).doesNotContain("b\u00fc");
  }

  @Test
  void wantsNothingWhereNothingIsSaid() {
    assertThat(own("\"method\":null,\"headers\":null,\"timeout\":null")).isNull();
    assertThat(own("\"headers\":{\"X\":[]}")).isNull();
    assertThat(own("\"a\":1")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2, PT2S",
    "0.25, PT0.25S",
    "1e1, PT10S",
    "1e-999999999, PT0.000000001S",
    "1e999999999, PT240000H",
    "'\"250ms\"', PT0.25S",
    "'\"2\"', PT2S",
    "'\"5m\"', PT5M"
  })
  void takesATimeoutAsANumberOfSecondsOrAsATime(String value, Duration timeout) {
    assertThat(own("\"timeout\":" + value).timeout()).isEqualTo(timeout);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"timeout\":0|its timeout is not above 0",
        "\"timeout\":-1.5|its timeout is not above 0",
        "\"timeout\":\"0s\"|its timeout is not above 0",
        "\"timeout\":\"soon\"|its timeout is neither a number of seconds nor a time such as 250ms,"
            + " 2s or 5m",
        "\"timeout\":\"-1\"|its timeout is neither a number of seconds nor a time such as 250ms, 2s"
            + " or 5m",
        "\"timeout\":true|its timeout is neither a number of seconds nor a time such as 250ms, 2s"
            + " or 5m",
        "\"timeout\":[1]|its timeout is neither a number of seconds nor a time such as 250ms, 2s or"
            + " 5m",
        "\"timeout\":1e99999999999|its timeout is neither a number of seconds nor a time such as"
            + " 250ms, 2s or 5m",
        "\"method\":\"CONNECT\"|its method is not one that fetch can send",
        "\"method\":\"Trace\"|its method is not one that fetch can send",
        "\"method\":\"\"|its method is not one that fetch can send",
        "\"method\":\"GET /\"|its method is not one that fetch can send",
        "\"method\":\"GET\\r\\nX: y\"|its method is not one that fetch can send",
        "\"method\":1|its method is not a string",
        "\"headers\":\"X: y\"|its headers are not an object",
        "\"headers\":[\"X: y\"]|its headers are not an object",
        "\"headers\":{\"X Y\":\"1\"}|its headers have an invalid name",
        "\"headers\":{\"\":\"1\"}|its headers have an invalid name",
        "\"headers\":{\":path\":\"1\"}|its headers have an invalid name",
        "\"headers\":{\"X\\r\\nY\":\"1\"}|its headers have an invalid name",
        "\"headers\":{\"X\":\"1\\r\\nY: 2\"}|its header X has a control character",
        "\"headers\":{\"Content-Length\":\"5\"}|its header Content-Length is set by fetch itself",
        "\"headers\":{\"te\":\"\"}|its header te is set by fetch itself",
        "\"headers\":{\"Transfer-Encoding\":5}|its header Transfer-Encoding is set by"
            + " fetch itself",
        "\"headers\":{\"X\":\"1\\u0000\"}|its header X has a control character",
        "\"headers\":{\"X\":1}|its header X is not a string",
        "\"headers\":{\"X\":[1]}|its header X is not a string",
        "\"headers\":{\"X\":[[\"1\"]]}|its header X is not a string",
        "\"headers\":{\"X\":{\"a\":\"b\"}}|its header X is not a string",
        "\"timeout\":0,\"method\":1|its timeout is not above 0",
      })
  void refusesWhatCannotBeDone(String more, String fault) {
    BadLine line = (BadLine) entry(more + ",\"a\":1");

    assertThat(line.message()).isEqualTo("line 1 of standard input: " + fault);
    assertThat(line.input()).isEqualTo("h/");
    assertThat(Lists.meta(line)).containsExactly("a:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"headers\":{\"X-Key\":\"secret\\n\"}",
        "\"headers\":{\"X-Key\":[\"secret\", 1]}",
        "\"headers\":{\"X-Key\":\"secret\",\"X-Key\":\"1\"}",
        "\"headers\":{\"X-Key\":\"secret\\ud800\"}",
        "\"headers\":[\"X-Key: secret\"]",
        "\"headers\":{\"X-Key\":\"secret\"},\"url\":1",
        "\"headers\":{\"X-Key\":\"secret\"},\"timeout\":0",
        "\"headers\":{\"X-Key\":\"secret\"}",
      })
  void neverShowsWhatAHeaderSays(String more) {
    assertThat(entry(more).toString()).doesNotContain("secret");
  }
}
