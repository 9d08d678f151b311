package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectsTest {
  private static final List<String> NAMES = List.of("a", "b");

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<List<String>> read(InputStream in) throws IOException {
    List<List<String>> all = new ArrayList<>();
    try (JsonObjects objects = new JsonObjects(in, NAMES)) {
      String[] values = new String[NAMES.size()];
      while (objects.next(values)) {
        all.add(new ArrayList<>(Arrays.asList(values)));
      }
      assertThat(objects.torn()).isFalse();
    }
    return all;
  }

  private static List<List<String>> read(String text) throws IOException {
    return read(stream(text));
  }

  private static List<String> values(String a, String b) {
    return Arrays.asList(a, b);
  }

  @Test
  void takesMembersInAnyOrderAndPassesOverOthers() throws IOException {
    assertThat(
            read(
                "{\"b\":\"2\",\"x\":{\"a\":[\"}\",{\"b\":1}]},\"a\":\"1\"}\n"
                    + "\r\n \t\n"
                    + " { \"a\" : -1.50e3 , \"y\" : [ ] }\r\n"
                    + "{\"a\":true,\"b\":null}\n{}\n{\"a\":{},\"b\":[1]}"))
        .containsExactly(
            values("1", "2"),
            values("-1.50e3", null),
            values("true", null),
            values(null, null),
            values(null, null));
  }

  @Test
  void readsEveryCharacter() throws IOException {
    assertThat(read("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00 ü😀\",\"b\":\"\"}"))
        .containsExactly(values("\"\\/\b\f\n\r\tä😀 ü😀", ""));
  }

  @Test
  void readsWhatComesByteByByte() throws IOException {
    byte[] text = "{\"a\":\"ü\"}\n{\"b\":2}\n".getBytes(StandardCharsets.UTF_8);

    assertThat(read(new PiecemealStream(text, 1, 1)))
        .containsExactly(values("ü", null), values(null, "2"));
  }

  @Test
  void readsLinesOfMegabytes() throws IOException {
    String large = "x".repeat(3_000_000);

    assertThat(read("{\"a\":\"" + large + "\"}\n{\"x\":\"" + large + "\",\"b\":\"2\"}\n"))
        .containsExactly(values(large, null), values(null, "2"));
  }

  @Test
  void readsWhatGzipCompressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();

    assertThat(read(new ByteArrayInputStream(whole))).containsExactly(values("1", null));
    assertThatThrownBy(() -> read(new ByteArrayInputStream(Arrays.copyOf(whole, 20))))
        .hasMessage("the gzip data ends early; the list is incomplete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a",
        "{\"a\":",
        "{\"a\":\"x",
        "{\"a\":\"\\u00",
        "{\"a\":tr",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":[{\"b\":1}",
        "\u0000\u0000"
      })
  void leavesOutAnObjectThatIsCutOffAtTheEnd(String rest) throws IOException {
    try (JsonObjects objects = new JsonObjects(stream("{\"a\":1}\n" + rest), NAMES)) {
      String[] values = new String[NAMES.size()];
      assertThat(objects.next(values)).isTrue();
      assertThat(objects.torn()).isFalse();
      assertThat(objects.next(values)).isFalse();
      assertThat(objects.torn()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\":1",
        "[]",
        "1",
        "\"a\"",
        "null",
        "{\"a\":1} {}",
        "{\"a\":1}}",
        "{a:1}",
        "{\"a\":'1'}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":\"\u0001\"}",
        "url,ok",
        "\u0000"
      })
  void namesALineThatIsNoObject(String line) {
    assertThatThrownBy(() -> read("{}\n\n" + line + "\n{}\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("line 3 is not a JSON object but '");
  }

  @Test
  void showsNoMoreOfALineThanFits() {
    assertThatThrownBy(() -> read("x".repeat(1000) + "\n"))
        .hasMessage("line 1 is not a JSON object but '" + "x".repeat(60) + "…'");
  }
}
