package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.FetchRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JsonListTest {
  private final Lists jsonl = new Lists(InputFormat.JSONL);

  private Entry only(String line) {
    List<Entry> entries = jsonl.read(line + "\n");
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  @Test
  void carriesTheOtherKeysInTheirOrder() {
    Entry entry = only("{\"z\":\"x\", \"url\":\" http://h/1 \", \"a\":1, \"\":null, \"ü\":true}");

    assertThat(entry.input()).isEqualTo("http://h/1");
    assertThat(Lists.url(entry)).isEqualTo("http://h/1");
    assertThat(Lists.meta(entry)).containsExactly("z=x", "a:1", "=null", "ü:true");
  }

  @Test
  void hasNoMetaWhereThereIsNothingElse() {
    assertThat(only("{\"url\":\"h/1\"}").meta()).isNull();
  }

  /** After the cases of JSONTestSuite that every parser must accept. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "123|:123",
        "-0|:-0",
        "0e+1|:0e+1",
        "1E22|:1E22",
        "123.456e-789|:123.456e-789",
        "1.000000000000000000000000000000010|:1.000000000000000000000000000000010",
        "20000000000000000000000000000000000000|:20000000000000000000000000000000000000",
        "-0.0000000000000000000000000000000000000000000000000000000000000000000000000000000001"
            + "|:-0.0000000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "true|:true",
        "[]|:[]",
        "[ ]|:[]",
        "{}|:{}",
        "[[] , {\"\" : 0}]|:[[],{\"\":0}]",
        "{\"a\" : [1.0, -1e5, null, false, \"x y\"]}|:{\"a\":[1.0,-1e5,null,false,\"x y\"]}",
        "[\"\\u0000\\n\\/\\\"\\\\\"]|:[\"\\u0000\\n/\\\"\\\\\"]",
        "\"\\u0060\\u012a\\u12AB\"|=`\u012a\u12AB",
        "\"\\uD801\\udc37\"|=\uD801\uDC37",
        "\"\uFFFF \u2028\u2029\"|=\uFFFF \u2028\u2029",
        "\"\\\\u0000\"|=\\u0000",
        "\"a\\/*b*\\/\"|=a/*b*/",
        "\"\u007f\"|=\u007f",
      })
  void takesWhatIsJson(String value, String taken) {
    assertThat(Lists.meta(only("{\"url\":\"h/\",\"a\":" + value + "}")))
        .containsExactly("a" + taken);
  }

  /** After the cases of JSONTestSuite that every parser must refuse. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1 true]",
        "[a\u00e5]",
        "[\"\": 1]",
        "[\"\"],",
        "[,1]",
        "[1,,2]",
        "[1,]",
        "[\"x\"",
        "[x",
        "[3[4]]",
        "[fals]",
        "[nul]",
        "[++1234]",
        "+1",
        "[-01]",
        "[-1.0.]",
        "-2.",
        ".-1",
        ".2e-3",
        "0.1.2",
        "0.3e",
        "0.e1",
        "1eE2",
        "1_000",
        "-",
        "- 1",
        "NaN",
        "-Infinity",
        "0x1",
        "012",
        "\uFF11",
        "",
      })
  void refusesArraysAndNumbersThatAreNone(String value) {
    refuses(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{,}",
        "{\"x\"::\"b\"}",
        "{\"a\":\"a\" 123}",
        "{key: 'value'}",
        "{\"id\":0,}",
        "{\"a\":\"b\"}/**/",
        "{\"a\":\"b\"}#",
        "{'a':0}",
        "'x'",
        "\"\\x00\"",
        "\"\\u00A\"",
        "\"\\uD834\\uZd\"",
        "\"\\a\"",
        "\"\t\"",
        "\"\0\"",
        "\0",
        "\"x",
        "<null>",
        "\u2060",
      })
  void refusesObjectsAndStringsThatAreNone(String value) {
    refuses(value);
  }

  private void refuses(String value) {
    String line = "{\"url\":\"h/\",\"a\":" + value + "}";

    assertThat(Lists.fault(only(line)))
        .startsWith("line 1 of standard input: the line is not JSON, near ");
    assertThat(only(line).input()).isEqualTo(line);
    assertThat(only(line).meta()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"http://h/\"",
        "[\"http://h/\"]",
        "1",
        "null",
        "# a comment",
        "http://h/",
        "*",
        "}",
        ","
      })
  void refusesWhatIsNoObject(String line) {
    assertThat(Lists.fault(only(line))).startsWith("line 1 of standard input: the line is not ");
    assertThat(only(line).input()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"url\":\"h/\",\"url\":\"h/2\"}|a key occurs twice, near character 18",
        "{\"url\":\"h/\",\"a\":1,\"\\u0061\":2}|a key occurs twice, near character 27",
        "{\"url\":\"h/\",\"a\":{\"b\":1,\"b\":1}}|a key occurs twice, near character 27",
        "{\"url\":\"h/\"} {\"url\":\"h/\"}|more than one JSON value is on the line",
        "{\"url\":\"h/\"}]|the line is not JSON, near character 13",
        "{\"url\":\"h/\",\"a\":\"\\ud800\"}|a string has an unpaired surrogate",
        "{\"url\":\"h/\",\"a\":[\"\\udc00\\ud800\"]}|a string has an unpaired surrogate",
        "{\"url\":\"h/\",\"\\ud800x\":1}|a string has an unpaired surrogate",
        "{\"url\":\"h/\",\"a\":{\"\\ud800x\":1}}|a string has an unpaired surrogate",
        "{}|the object has no URL",
        "{\"url\":null}|the object has no URL",
        "{\"url\":\" \"}|the object has no URL",
        "{\"URL\":\"h/\"}|the object has no URL",
        "{\"url\":1}|its url is not a string",
        "{\"url\":[\"h/\"]}|its url is not a string",
      })
  void saysWhatIsWrong(String line, String fault) {
    assertThat(Lists.fault(only(line))).isEqualTo("line 1 of standard input: " + fault);
    assertThat(only(line).input()).isEqualTo(line);
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "{\"url\":\"h/\",\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

    assertThat(Lists.fault(only(deep))).contains("nested too deep");
    assertThat(only(deep).input()).hasSize(257);
  }

  @Test
  void takesNumbersAsLongAsALine() {
    String digits = "7".repeat(60_000);

    assertThat(Lists.meta(only("{\"url\":\"h/\",\"a\":" + digits + "}")))
        .containsExactly("a:" + digits);
  }

  @Test
  void keepsWhatIsSaidOfABadUrl() {
    Entry entry = only("{\"url\":\"ftp://u:secret@h/\",\"a\":[1]}");

    assertThat(entry.input()).isEqualTo("ftp://u:***@h/");
    assertThat(Lists.meta(entry)).containsExactly("a:[1]");
    assertThat(Lists.meta(only("{\"url\":0,\"b\":\"x\"}"))).containsExactly("b=x");
  }

  @Test
  void ignoresWhatEntriesAskForWhenTold() {
    Lists plain =
        new Lists(
            new ListFormat(InputFormat.JSONL, null, false, false, null, null, ListFetcher.NONE));
    List<Entry> entries =
        plain.read(
            """
            {"url":"h/1","method":"DELETE","headers":{"Host":"x"},"timeout":1,"a":2}
            {"url":"h/2","method":["CONNECT"],"headers":"X\\n: y","timeout":-1}
            """);

    assertThat(entries).extracting(Entry::input).containsExactly("h/1", "h/2");
    assertThat(entries).allSatisfy(entry -> assertThat(((FetchRequest) entry).own()).isNull());
    assertThat(Lists.meta(entries.getFirst())).containsExactly("a:2");
    assertThat(entries.getLast().meta()).isNull();
  }

  @Test
  void goesByTheKeyAskedFor() {
    Lists links = new Lists(InputFormat.JSONL, "link");
    Entry entry = links.read("{\"url\":\"h/1\",\"link\":\"h/2\"}").getFirst();

    assertThat(entry.input()).isEqualTo("h/2");
    assertThat(Lists.meta(entry)).containsExactly("url=h/1");
    assertThat(Lists.fault(links.read("{\"url\":\"h/\"}").getFirst())).endsWith("has no URL");
  }

  @Test
  void givesEachBadLineItsRecordAndReadsTheOthers() {
    byte[] list =
        ("\uFEFF{\"url\":\"h/0\"}\r\n\n \t\n{\"url\":\"h/1\n{\"url\":\"h/"
                + "x".repeat(70_000)
                + "\"}\n{\"url\":\"h/3\",\"a\":\"\u0001\"}\n{\"url\":\"h/4\"}")
            .getBytes(StandardCharsets.UTF_8);
    int mark = new String(list, StandardCharsets.ISO_8859_1).indexOf('\u0001');
    list[mark] = (byte) 0xff;

    List<Entry> entries = jsonl.read(new ByteArrayInputStream(list));

    assertThat(entries).extracting(Entry::urlnum).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(Lists.url(entries.getFirst())).isEqualTo("https://h/0");
    assertThat(Lists.fault(entries.get(1)))
        .isEqualTo("line 4 of standard input: the line is not JSON, near character 12");
    assertThat(Lists.fault(entries.get(2)))
        .isEqualTo("line 5 of standard input: the line is longer than 65536 bytes");
    assertThat(Lists.fault(entries.get(3)))
        .isEqualTo("line 6 of standard input: the line is not UTF-8");
    assertThat(Lists.url(entries.get(4))).isEqualTo("https://h/4");
  }

  /** What is not understood may hold headers; what they say is never shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"h/\",\"headers\":{\"X-Key\":\"secret\"},}",
        "{\"HEADERS\":{\"X-Key\":\"secret\"},\"url\":\"h/",
        "{\"a\":{\"Cookie\":\"secret\"}]",
        "{\"url\":\"http://u:secret@h/\",",
        "# Authorization: secret",
      })
  void showsNoSecretsOfABadLine(String line) {
    Entry entry = only(line);

    assertThat(entry.toString()).doesNotContain("secret");
    assertThat(entry.input()).isNotEmpty();
  }

  @Test
  void showsNoSecretsOfALineThatIsTooLong() {
    Entry entry = only("{\"headers\":{\"X-Key\":\"secret" + "x".repeat(70_000) + "\"}}");

    assertThat(entry.input()).isEqualTo("{…");
  }

  @Test
  void handsAnEntryOnWithoutWaitingForTheNext() throws IOException {
    PipedOutputStream pipe = new PipedOutputStream();
    EntryReader reader = jsonl.reader(new Source.StandardInput(new PipedInputStream(pipe)));

    pipe.write("{\"url\":\"h/1\"}\n\n{\"url\":".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    assertThat(reader.next()).extracting(Entry::input).containsExactly("h/1");

    pipe.write("\"h/2\"}\n{\"url\":\"h/3\"}\n".getBytes(StandardCharsets.UTF_8));
    pipe.close();
    assertThat(reader.next()).extracting(Entry::input).containsExactly("h/2", "h/3");
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void countsTheRestWithoutParsingIt() {
    String list = "{\n\n# no comment\n".repeat(200);
    EntryReader reader =
        jsonl.reader(
            new Source.StandardInput(
                new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8))));

    assertThat(reader.skip()).isEqualTo(256);
    assertThat(reader.skip()).isEqualTo(144);
    assertThat(reader.skip()).isZero();
  }
}
