package fetch.resume;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are a record, and what is read of it. */
class RecordLayoutTest {
  private static final List<Column> FIELDS =
      List.of(Field.URLNUM, Field.INPUT, Field.METHOD, Field.REDIRECTS, Field.OK, Field.ERROR);

  private final RecordLayout jsonl = RecordLayout.of(OutputFormat.JSONL, FIELDS);
  private final RecordLayout csv = RecordLayout.of(OutputFormat.CSV, FIELDS);
  private final RecordLayout tsv = RecordLayout.of(OutputFormat.TSV, FIELDS);
  private final ParsedRecord found = new ParsedRecord(false);

  /** Reads a record that has other bytes before it and after it. */
  private int read(RecordLayout layout, String record) {
    byte[] bytes = ("\n\"" + record + "}\n").getBytes(StandardCharsets.UTF_8);
    found.keepTexts();
    int after = layout.read(bytes, 2, bytes.length - 2, found);
    return after < 0 ? after : after - 2;
  }

  private void assertReads(RecordLayout layout, String record) {
    int length = record.getBytes(StandardCharsets.UTF_8).length;
    assertThat(read(layout, record)).as(record).isEqualTo(length);
    for (int cut = 0; cut < record.length(); cut++) {
      String beginning = record.substring(0, cut);
      assertThat(read(layout, beginning)).as(beginning).isEqualTo(RecordLayout.INCOMPLETE);
    }
    assertThat(read(layout, record + record)).as(record).isEqualTo(length);
  }

  private static String json(String input) {
    return "{\"urlnum\":12,\"input\":"
        + input
        + ",\"method\":\"GET\",\"redirects\":[],\"ok\":true,\"error\":null}\n";
  }

  @Test
  void readsARecordOfJson() {
    assertReads(jsonl, json("\"http://a/\""));
    assertThat(found.urlnum).isEqualTo(12);
    assertThat(found.ok).isTrue();
    assertThat(found.texts()).containsExactly("http://a/", "GET");
  }

  @Test
  void readsARecordOfCsv() {
    assertReads(csv, "12,http://a/,GET,[],true,\n");
    assertThat(found.urlnum).isEqualTo(12);
    assertThat(found.ok).isTrue();
    assertThat(found.texts()).containsExactly("http://a/", "GET");
  }

  @Test
  void readsARecordOfTsv() {
    assertReads(tsv, "12\thttp://a/\tGET\t[]\ttrue\t\n");
    assertThat(found.urlnum).isEqualTo(12);
    assertThat(found.ok).isTrue();
    assertThat(found.texts()).containsExactly("http://a/", "GET");
  }

  @Test
  void takesARecordWithAnErrorForFailed() {
    assertThat(read(jsonl, json("\"a\"").replace("null", "\"dns\""))).isPositive();
    assertThat(found.ok).isFalse();
    assertThat(read(jsonl, json("\"a\"").replace("true", "false"))).isPositive();
    assertThat(found.ok).isFalse();
    assertThat(read(csv, "0,a,GET,[],true,dns\n")).isPositive();
    assertThat(found.ok).isFalse();
    assertThat(read(csv, "0,a,GET,[],false,\n")).isPositive();
    assertThat(found.ok).isFalse();
  }

  @Test
  void readsTheEscapesOfJson() {
    assertReads(jsonl, json("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\ude00z\""));
    assertThat(found.texts()).containsExactly("\"\\/\b\f\n\r\té€😀z", "GET");
  }

  @ParameterizedTest
  @CsvSource({
    "\\ud83d, ?",
    "\\ud83dx, ?x",
    "\\ud83d\\n, '?\n'",
    "\\ud83d\\u0041, ?A",
    "\\ud83d\\u004, BROKEN",
    "\\ude00\\ud83d, ??",
    "\\u00e9\\ude00, é?"
  })
  void replacesSurrogatesWithoutAPartner(String escaped, String expected) {
    int after = read(jsonl, json('"' + escaped + '"'));
    if (expected.equals("BROKEN")) {
      assertThat(after).isEqualTo(RecordLayout.BROKEN);
    } else {
      assertThat(after).isPositive();
      assertThat(found.texts()).containsExactly(expected, "GET");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"url\":\"}]\\\"\",\"n\":[1,{}]},[[]]]",
        "{\"a\":{\"b\":[]}}",
        "\"]}\"",
        "-1.5e+7",
        "0",
        "null"
      })
  void passesOverOtherValuesOfJson(String value) {
    assertReads(jsonl, json("\"a\"").replace("[]", value));
    assertThat(found.texts()).containsExactly("a", "GET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"urlnum\"|[\"urlnum\"",
        "\"urlnum\":12,|",
        "12|-1",
        "12|\"12\"",
        "12|12x",
        "12|1234567890123456789",
        "12|",
        "\"a\"|a",
        "\"a\"|5",
        "\"a\"|null",
        "\"a\"|\"a",
        "\"a\"|\"a\\\"",
        "\"a\"|\"a\tb\"",
        "\"a\"|\"\\x41\"",
        "\"a\"|\"\\u12g4\"",
        "\"a\"|\"\\u123\"",
        "\"a\"|\"\\\"",
        "\"GET\"|null",
        "[]|[",
        "[]|[\"]",
        "[]|[\"a\\\"]",
        "[]|{",
        "[]|",
        "[]|TRUE",
        "true|1",
        "true|truth",
        "true|tru",
        "null}|null",
        "null}|null}}",
        "null}|null,\"meta\":{}}",
        "null}|}"
      })
  void takesNothingElseForARecordOfJson(String part, String other) {
    String record = json("\"a\"").replace(part, other == null ? "" : other);
    assertThat(read(jsonl, record)).as(record).isEqualTo(RecordLayout.BROKEN);
  }

  @Test
  void readsNumbersOfUpToEighteenDigits() {
    assertThat(read(jsonl, json("\"a\"").replace("12", "987654321098765432"))).isPositive();
    assertThat(found.urlnum).isEqualTo(987_654_321_098_765_432L);
    assertThat(read(jsonl, json("\"a\"").replace("12", "0"))).isPositive();
    assertThat(found.urlnum).isZero();
  }

  @Test
  void readsMetaWhereTheDefaultFieldsHaveIt() {
    OutputFormat format = OutputFormat.JSONL;
    String record = new String(format.record(format.usual(), Sample.ok(3)), StandardCharsets.UTF_8);
    String open = record.substring(0, record.length() - 2);
    RecordLayout usual = RecordLayout.of(format, null);

    assertReads(usual, record);
    assertThat(found.texts()).last().isEqualTo("{}");
    assertReads(usual, open + ",\"meta\":{\"a\":\"}\",\"b\":{\"c\":[1]}}}\n");
    assertThat(found.texts()).last().isEqualTo("{\"a\":\"}\",\"b\":{\"c\":[1]}}");
    for (String end :
        List.of(
            "\n", "}}\n", ",\"meta\":{}\n", ",\"meta\":[]}\n", ",\"meta\":{}", ",\"x\":{}}\n")) {
      int expected = end.endsWith("\n") ? RecordLayout.BROKEN : RecordLayout.INCOMPLETE;
      assertThat(read(usual, open + end)).as(end).isEqualTo(expected);
    }
  }

  @Test
  void readsChosenColumnsOfMetaAsOneObject() {
    List<? extends Column> chosen = Column.parse("urlnum,meta.a,meta.b");
    RecordLayout layout = RecordLayout.of(OutputFormat.JSONL, chosen);

    assertReads(layout, "{\"urlnum\":5,\"meta\":{\"a\":1,\"b\":2}}\n");
    assertThat(found.texts()).containsExactly("{\"a\":1,\"b\":2}");
    assertThat(read(layout, "{\"urlnum\":5,\"meta\":null}\n")).isEqualTo(RecordLayout.BROKEN);
  }

  @Test
  void readsQuotedColumns() {
    assertReads(csv, "7,\"a \"\"b\"\",\nc\",\"GET\",\"[\"\"]\",true,\"\"\"\"\n");
    assertThat(found.texts()).containsExactly("a \"b\",\nc", "GET");
    assertReads(csv, "7,\"\"\"\",\"\",[],true,\n");
    assertThat(found.texts()).containsExactly("\"", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x,a,GET,[],true,\n",
        ",a,GET,[],true,\n",
        "-1,a,GET,[],true,\n",
        "1,,GET,[],true,\n",
        "1,a\"b,GET,[],true,\n",
        "1,\"a\"b,GET,[],true,\n",
        "1,a,GET,[],yes,\n",
        "1,a,GET,[],,\n",
        "1,a,GET,[],true\n",
        "1,a,GET,[],true,,\n",
        "1,a,GET\n",
        "\n"
      })
  void takesNothingElseForARecordOfCsv(String record) {
    assertThat(read(csv, record)).isEqualTo(RecordLayout.BROKEN);
  }

  @Test
  void readsTheEscapesOfTsv() {
    assertReads(tsv, "7\ta\\\\b\\t\\n\\r\\x1b\\u202Ez\tGET\t\\q\ttrue\t\"\n");
    assertThat(found.texts()).containsExactly("a\\b\t\n\r\u001b\u202ez", "GET");
    assertThat(found.ok).isFalse();
    assertReads(tsv, "7\t\"a\\\\\tGET\t\ttrue\t\n");
    assertThat(found.texts()).containsExactly("\"a\\", "GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\q", "a\\", "\\x1", "\\x1g", "\\u202", "\\X1b", ""})
  void takesNoInvalidEscapeOfTsvForARecord(String input) {
    assertThat(read(tsv, "7\t" + input + "\tGET\t\ttrue\t\n")).isEqualTo(RecordLayout.BROKEN);
  }

  private static boolean mayBegin(RecordLayout layout, String text) {
    byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
    return layout.mayBegin(bytes, 1, bytes.length - 1);
  }

  @Test
  void knowsHowARecordBegins() {
    assertThat(mayBegin(jsonl, "")).isTrue();
    assertThat(mayBegin(jsonl, "{\"url")).isTrue();
    assertThat(mayBegin(jsonl, "{\"urlnum\":x")).isTrue();
    assertThat(mayBegin(jsonl, "{\"urk")).isFalse();
    assertThat(mayBegin(csv, "")).isTrue();
    assertThat(mayBegin(csv, "1x")).isTrue();
    assertThat(mayBegin(csv, "x")).isFalse();
    assertThat(mayBegin(RecordLayout.of(OutputFormat.CSV, List.of(Field.INPUT)), "x")).isTrue();
  }

  @Test
  void takesGetForHeadOnlyWhereTheMethodIs() {
    ParsedRecord asHead = new ParsedRecord(true);
    asHead.keepTexts();
    byte[] bytes = "7,GET,GET,,true,\n".getBytes(StandardCharsets.UTF_8);
    assertThat(csv.read(bytes, 0, bytes.length, asHead)).isPositive();
    assertThat(asHead.texts()).containsExactly("GET", "HEAD");
  }

  private long fingerprint(String record) {
    assertThat(read(csv, record)).isPositive();
    return found.fingerprint();
  }

  @Test
  void givesEntriesFingerprintsOfTheirOwn() {
    Set<Long> all = new HashSet<>();
    Set<Integer> halves = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      long fingerprint = fingerprint("1,http://a/" + i + ",GET,,true,\n");
      all.add(fingerprint);
      all.add(fingerprint("1,http://a/" + i + ",HEAD,,true,\n"));
      halves.add((int) fingerprint);
      halves.add((int) (fingerprint >>> Integer.SIZE));
    }
    assertThat(all).hasSize(2000);
    assertThat(halves).as("both halves differ").hasSizeGreaterThan(1990);
    assertThat(fingerprint("1,ab,c,,true,\n")).isNotEqualTo(fingerprint("1,a,bc,,true,\n"));
    assertThat(fingerprint("1,a,b,,true,\n")).isEqualTo(fingerprint("2,a,b,x,true,y\n"));
  }
}
