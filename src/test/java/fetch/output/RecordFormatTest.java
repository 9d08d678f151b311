package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fetch.FailureKind;
import fetch.FetchResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFormatTest {
  private static String encode(RecordFormat format, List<FetchResult> results) {
    ByteBuilder out = new ByteBuilder(16);
    format.begin(out);
    results.forEach(result -> format.encode(result, out));
    return out.toString();
  }

  private static String encode(OutputFormat format, FetchResult result) {
    return encode(format.create(null), List.of(result));
  }

  private static List<String> lines(String text) {
    assertThat(text).endsWith("\n");
    return Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
  }

  private static List<String> jsonLines() {
    return lines(encode(OutputFormat.JSONL.create(null), Results.all()));
  }

  /** What a value looks like in columns. */
  private static String plain(JsonNode value) {
    return value.isNull() ? "" : value.isDouble() ? decimals(value.asDouble()) : value.asText();
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  @ParameterizedTest
  @EnumSource
  void writesTheRecordsOfTheGoldenFile(OutputFormat format) throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("records." + format)) {
      assertThat(golden).as("the golden file records." + format).isNotNull();
      assertThat(encode(format.create(null), Results.all()))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void writesJsonAsTheSchemaHasIt() {
    assertThat(jsonLines()).hasSameSizeAs(Results.all());
    assertThat(jsonLines())
        .allSatisfy(line -> assertThat(RecordSchema.violations(line)).as(line).isEmpty());
  }

  @Test
  void hasTheFieldsOfTheSchemaInTheirOrder() {
    assertThat(Field.all()).extracting(Field::label).isEqualTo(RecordSchema.fields());
    assertThat(RecordSchema.parse(jsonLines().getFirst()).fieldNames())
        .toIterable()
        .containsExactlyElementsOf(RecordSchema.fields());
  }

  @ParameterizedTest
  @EnumSource
  void hasAWordOfTheSchemaForEveryFailure(FailureKind kind) {
    assertThat(RecordSchema.errors()).contains(kind.label());
  }

  @Test
  void writesCsvThatAParserReadsBack() throws IOException {
    String csv = encode(OutputFormat.CSV.create(null), Results.all());
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
      List<NamedCsvRecord> records = reader.stream().toList();

      assertThat(records).hasSameSizeAs(Results.all());
      for (int i = 0; i < records.size(); i++) {
        JsonNode json = RecordSchema.parse(jsonLines().get(i));
        assertThat(records.get(i).getHeader()).isEqualTo(RecordSchema.fields());
        for (String field : RecordSchema.fields()) {
          assertThat(records.get(i).getField(field))
              .as(field)
              .isEqualTo(ControlCharacters.escaped(plain(json.get(field))));
        }
      }
    }
  }

  @Test
  void writesTsvThatAParserReadsBack() throws IOException {
    String tsv = encode(OutputFormat.TSV.create(null), Results.all());
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().fieldSeparator('\t').quoteCharacter('\0').ofNamedCsvRecord(tsv)) {
      List<NamedCsvRecord> records = reader.stream().toList();

      assertThat(records).hasSameSizeAs(Results.all());
      for (int i = 0; i < records.size(); i++) {
        JsonNode json = RecordSchema.parse(jsonLines().get(i));
        for (String field : RecordSchema.fields()) {
          assertThat(Hostile.unescape(records.get(i).getField(field)))
              .as(field)
              .isEqualTo(plain(json.get(field)));
        }
      }
    }
  }

  @Test
  void tellsNullFromNothingInCsv() {
    List<Field> type = List.of(Field.CONTENT_TYPE);

    assertThat(encode(OutputFormat.CSV.create(type), Results.all().subList(1, 3)))
        .isEqualTo("content_type\n\"\"\n\n");
  }

  @Test
  void writesChosenFieldsInTheOrderGiven() {
    List<Column> fields = Column.parse("response_code, url,urlnum,ok,url");
    List<FetchResult> one = Results.all().subList(0, 1);

    assertThat(encode(OutputFormat.TEXT.create(fields), one))
        .isEqualTo("200 http://example.org/ 0 true http://example.org/\n");
    assertThat(encode(OutputFormat.TSV.create(fields), one))
        .isEqualTo(
            """
            response_code\turl\turlnum\tok\turl
            200\thttp://example.org/\t0\ttrue\thttp://example.org/
            """);
    assertThat(encode(OutputFormat.JSONL.create(Column.parse("ok,error")), one))
        .isEqualTo("{\"ok\":true,\"error\":null}\n");
  }

  @Test
  void keepsThePlaceOfMissingFieldsInText() {
    List<Column> fields = Column.parse("urlnum,content_type,remote_ip,time_total");

    assertThat(lines(encode(OutputFormat.TEXT.create(fields), Results.all())))
        .contains("1 - 2001:db8::1 1.000000", "5 - - 0.000000", "7 - - 0.000017");
  }

  @Test
  void knowsNoFieldThatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.parse("url,,ok"))
        .withMessage("there is no field ''");
  }

  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void bringsHostileTextThroughJson(String text) {
    List<String> lines = lines(encode(OutputFormat.JSONL, Results.hostile(text)));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).satisfies(Hostile::hasNoControls);
    JsonNode record = RecordSchema.parse(lines.getFirst());
    for (String field : Hostile.FIELDS) {
      assertThat(record.get(field).asText()).isEqualTo(Hostile.encodable(text));
    }
  }

  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void bringsHostileTextThroughCsv(String text) throws IOException {
    String csv = encode(OutputFormat.CSV, Results.hostile(text));

    assertThat(lines(csv)).hasSize(2).allSatisfy(Hostile::hasNoControls);
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
      List<NamedCsvRecord> records = reader.stream().toList();
      assertThat(records).hasSize(1);
      for (String field : Hostile.FIELDS) {
        assertThat(records.getFirst().getField(field))
            .isEqualTo(ControlCharacters.escaped(Hostile.encodable(text)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "=1+1, '=1+1",
        "+49 30 1, '+49 30 1",
        "@SUM(A1), '@SUM(A1)",
        "-cmd|' /C calc'!A0, '-cmd|' /C calc'!A0",
        "＝1, '＝1",
        "-, '-",
        "-5, -5",
        "+49.50, +49.50",
        "-1.2.3, '-1.2.3",
        "https://h/=1, https://h/=1",
        "'=1, '=1"
      })
  void disarmsFormulasInSafeCsv(String text, String shown) throws IOException {
    String csv = encode(OutputFormat.SAFE_CSV, Results.hostile(text));

    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
      for (NamedCsvRecord record : reader) {
        for (String field : Hostile.FIELDS) {
          assertThat(record.getField(field)).isEqualTo(shown);
        }
      }
    }
    assertThat(SpreadsheetFormulas.disarmed(text)).isEqualTo(shown);
  }

  /** What all of sqlite3, Miller, DuckDB and our own lists read alike, a quote must not begin. */
  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void beginsNoCellOfTsvWithAQuote(String text) {
    String tsv = encode(OutputFormat.TSV, Results.hostile(text));

    assertThat(tsv).doesNotContain("\t\"").doesNotStartWith("\"");
  }

  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void bringsHostileTextThroughTsv(String text) {
    List<String> lines = lines(encode(OutputFormat.TSV, Results.hostile(text)));

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast().replace("\t", "")).satisfies(Hostile::hasNoControls);
    List<String> values = Arrays.asList(lines.getLast().split("\t", -1));
    assertThat(values).hasSize(Field.all().size());
    for (String field : Hostile.FIELDS) {
      String value = values.get(RecordSchema.fields().indexOf(field));
      assertThat(Hostile.unescape(value)).isEqualTo(Hostile.encodable(text));
    }
  }

  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void keepsControlsOutOfText(String text) {
    FetchResult result = Results.hostile(text);

    for (List<Field> fields : Arrays.asList(null, Field.all())) {
      List<String> lines = lines(encode(OutputFormat.TEXT.create(fields), List.of(result)));
      assertThat(lines).hasSize(1);
      assertThat(lines.getFirst()).satisfies(Hostile::hasNoControls);
    }
  }

  @ParameterizedTest
  @MethodSource("fetch.output.Hostile#strings")
  void keepsTheUrlOfATextRecordOneWord(String text) {
    String record = encode(OutputFormat.TEXT, Results.hostile(text));

    assertThat(record).startsWith("200 0 0.000 ");
    assertThat(record.substring("200 0 0.000 ".length())).containsPattern("^[^ ]* invalid_url: ");
  }
}
