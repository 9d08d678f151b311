package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TableRowReaderTest {
  private static final int MOST = TableRowReader.MAX_ROW_BYTES;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Line> read(InputStream in) {
    try (TableRowReader reader = new TableRowReader(in, ',')) {
      List<Line> rows = new ArrayList<>();
      for (Line row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Line> read(String text) {
    List<Line> rows = read(new ByteArrayInputStream(utf8(text)));
    assertThat(read(new PiecemealStream(utf8(text), 1, 1))).as("byte by byte").isEqualTo(rows);
    return rows;
  }

  private static Line good(long number, String text) {
    return new Line(number, text, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void endsRowsAtEachKindOfLineEnd(String end) {
    assertThat(read("a,b" + end + end + "c" + end + "d,"))
        .containsExactly(good(1, "a,b"), good(2, ""), good(3, "c"), good(4, "d,"));
    assertThat(read("a" + end)).containsExactly(good(1, "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void goesOnOverLineEndsInQuotes(String end) {
    String row = "a,\"b" + end + end + "\"\"c,\"\n";

    assertThat(read(row + "d")).containsExactly(good(1, row.stripTrailing()), good(4, "d"));
  }

  @Test
  void readsNothingFromNothing() {
    assertThat(read("")).isEmpty();
    assertThat(read("\uFEFF")).isEmpty();
  }

  @Test
  void passesOverAByteOrderMarkBeforeAQuote() {
    assertThat(read("\uFEFF\"a\nb\"\n\uFEFFc"))
        .containsExactly(good(1, "\"a\nb\""), good(3, "\uFEFFc"));
  }

  @Test
  void takesAQuoteWithinABareCellAsItIs() {
    assertThat(read("5\" pipe,a\"b\nc")).containsExactly(good(1, "5\" pipe,a\"b"), good(2, "c"));
  }

  @Test
  void losesOneRowToAQuoteThatNothingCloses() {
    assertThat(read("a\n\"b,c\nd\ne\n"))
        .containsExactly(
            good(1, "a"),
            new Line(2, "\"b,c", "not a valid CSV row: unclosed quote"),
            good(3, "d"),
            good(4, "e"));
  }

  @Test
  void losesOneRowToAQuoteThatAnotherOneClosesByMistake() {
    String fault = "not a valid CSV row: text after the closing quote";

    assertThat(read("a,\"b\nc\nd,\"e\nf"))
        .containsExactly(
            new Line(1, "a,\"b", fault),
            good(2, "c"),
            new Line(3, "d,\"e", "not a valid CSV row: unclosed quote"),
            good(4, "f"));
    assertThat(read("\"a\"b,\"c\nd"))
        .containsExactly(new Line(1, "\"a\"b,\"c", fault), good(2, "d"));
  }

  @Test
  void losesOneRowToAQuoteThatIsClosedFarAway() {
    String list = "\"a\n" + "b\n".repeat(MOST / 2) + "\"\nc\n";

    List<Line> rows = read(new ByteArrayInputStream(utf8(list)));

    assertThat(rows.getFirst())
        .isEqualTo(new Line(1, "\"a", "the row is longer than 1048576 bytes"));
    assertThat(rows.subList(1, MOST / 2 + 1)).allMatch(row -> row.text().equals("b"));
    assertThat(rows.getLast().number()).isEqualTo(MOST / 2 + 3);
  }

  @Test
  void keepsTheBeginningOfAnOverlongRow() {
    String longest = "x".repeat(MOST);

    assertThat(read(new ByteArrayInputStream(utf8(longest + "\nb"))))
        .containsExactly(good(1, longest), good(2, "b"));
    List<Line> rows = read(new ByteArrayInputStream(utf8("a\n" + longest + "x\nb\n")));
    assertThat(rows).extracting(Line::number).containsExactly(1L, 2L, 3L);
    assertThat(rows.get(1).fault()).isEqualTo("the row is longer than 1048576 bytes");
    assertThat(rows.get(1).text()).hasSizeBetween(256, 2048).startsWith("xxx");
    assertThat(rows.get(2)).isEqualTo(good(3, "b"));
  }

  @Test
  void holdsLittleOfAnEndlessQuote() throws IOException {
    EndlessStream endless = new EndlessStream(Long.MAX_VALUE, utf8("\"x\",\"\n"));
    try (TableRowReader reader = new TableRowReader(endless, ',')) {
      for (int i = 0; i < 3; i++) {
        assertThat(reader.next()).extracting(Line::fault).isNotNull();
      }
    }
    assertThat(endless.position()).isLessThan(4L * MOST);
  }

  @Test
  void saysWhichRowIsNotUtf8() {
    byte[] bytes = ("a\nb" + (char) 0xe9 + "\nc").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(read(new ByteArrayInputStream(bytes)))
        .containsExactly(
            good(1, "a"), new Line(2, "b\uFFFD", "the row is not UTF-8"), good(3, "c"));
  }

  @Test
  void handsARowOnWithoutWaitingForTheNext() throws IOException {
    PipedOutputStream pipe = new PipedOutputStream();
    try (pipe;
        TableRowReader reader = new TableRowReader(new PipedInputStream(pipe), ',')) {
      pipe.write(utf8("a,\"b\nc\"\r\n\"d"));
      pipe.flush();

      assertThat(reader.next()).isEqualTo(good(1, "a,\"b\nc\""));
      assertThat(reader.ready()).isFalse();

      pipe.write(utf8("\"\r"));
      pipe.flush();
      assertThat(reader.next()).isEqualTo(good(3, "\"d\""));
      assertThat(reader.ready()).isFalse();

      pipe.write(utf8("\ne\n"));
      pipe.flush();
      assertThat(reader.next()).isEqualTo(good(4, "e"));
    }
  }

  /** Where rows end is decided here, and what their cells are by fastcsv: the two must agree. */
  @Test
  void parsesARowAtATimeWhatFastcsvParsesAsAWhole() throws IOException {
    Random random = new Random(4180);
    int compared = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(14); length >= 0; length--) {
        text.append("aa,,\"\"\"\n\r".charAt(random.nextInt(9)));
      }
      List<Line> rows = read(new ByteArrayInputStream(utf8(text.toString())));
      if (rows.stream().allMatch(row -> row.fault() == null)) {
        assertThat(cells(rows)).as(text.toString()).isEqualTo(cells(text.toString()));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(2000);
  }

  private static List<List<String>> cells(List<Line> rows) {
    List<List<String>> all = new ArrayList<>();
    for (Line row : rows) {
      if (!row.text().isEmpty()) {
        all.add(CsvReader.builder().ofSingleCsvRecord(row.text()).getFields());
      }
    }
    return all;
  }

  private static List<List<String>> cells(String text) throws IOException {
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    try (CsvReader<CsvRecord> reader = builder.ofCsvRecord(text)) {
      return reader.stream().map(CsvRecord::getFields).toList();
    }
  }
}
