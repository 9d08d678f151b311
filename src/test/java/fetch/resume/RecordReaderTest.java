package fetch.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fetch.output.Field;
import fetch.output.OutputFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where records end in a file, and what may follow the last. */
class RecordReaderTest {
  private static final List<Field> FIELDS = List.of(Field.URLNUM, Field.INPUT);
  private static final String HEADER = "urlnum,input\n";

  @TempDir private Path directory;

  private long position;

  private Path file() {
    return directory.resolve("results");
  }

  /** Reads a file of this text, and returns the inputs of its records. */
  private List<String> read(String text) throws IOException {
    Files.writeString(file(), text, StandardCharsets.ISO_8859_1);
    List<String> inputs = new ArrayList<>();
    ParsedRecord found = new ParsedRecord(false);
    found.keepTexts();
    try (FileChannel channel = FileChannel.open(file())) {
      RecordReader reader =
          new RecordReader(
              file(),
              channel,
              HEADER.getBytes(StandardCharsets.US_ASCII),
              RecordLayout.of(OutputFormat.CSV, FIELDS));
      boolean more = reader.begin();
      while (more && reader.next(found)) {
        inputs.addAll(found.texts());
      }
      position = reader.position();
    }
    return inputs;
  }

  private void assertRefuses(String text, String message) {
    assertThatIOException().isThrownBy(() -> read(text)).withMessage(file() + message);
  }

  private static String damaged(int at, String excerpt) {
    return " is damaged: at byte " + at + " a record of these fields was expected, not '" + excerpt;
  }

  private static String otherFields(String excerpt) {
    return " does not match these --fields and this --format: it begins with '"
        + excerpt
        + "; use the options it was written with";
  }

  @Test
  void readsOneRecordAfterTheOther() throws IOException {
    String text = HEADER + "0,a\n1,b\n";
    assertThat(read(text)).containsExactly("a", "b");
    assertThat(position).isEqualTo(text.length());
    assertThat(read(HEADER)).isEmpty();
    assertThat(position).isEqualTo(HEADER.length());
  }

  @Test
  void readsRecordsThatCrossTheEndOfItsBuffer() throws IOException {
    List<String> inputs = new ArrayList<>();
    StringBuilder text = new StringBuilder(HEADER);
    for (int n = 0; n < 12; n++) {
      inputs.add("x".repeat(n == 7 ? 2_500_000 : 400_000) + n);
      text.append(n).append(',').append(inputs.getLast()).append('\n');
    }
    assertThat(read(text.toString()).equals(inputs)).as("it has all records").isTrue();
    assertThat(position).isEqualTo(text.length());

    assertRefuses(
        text + "x\n" + text, damaged(text.length(), "x\nurlnum,input\n0," + "x".repeat(43)) + "…'");
  }

  @Test
  void stopsBeforeATornRecord() throws IOException {
    assertThat(read(HEADER + "0,a\n1,b")).containsExactly("a");
    assertThat(position).isEqualTo(HEADER.length() + 4);
    assertThat(read(HEADER + "0,\"a\n")).isEmpty();
    assertThat(position).isEqualTo(HEADER.length());
  }

  @Test
  void stopsBeforeATornHeader() throws IOException {
    assertThat(read(HEADER.substring(0, 5))).isEmpty();
    assertThat(position).isZero();
    assertThat(read("")).isEmpty();
    assertThat(position).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000})
  void stopsBeforeTheZerosOfAPowerFailure(int count) throws IOException {
    assertThat(read(HEADER + "0,a\n" + "\0".repeat(count))).containsExactly("a");
    assertThat(position).isEqualTo(HEADER.length() + 4);
  }

  @Test
  void refusesOtherBytesWhereARecordBegins() {
    assertRefuses(HEADER + "0,a\n\0\0x", damaged(17, "\0\0x'"));
    assertRefuses(HEADER + "0,a\nx", damaged(17, "x'"));
    assertRefuses(HEADER + "0,a\nx\n", damaged(17, "x'"));
    assertRefuses(HEADER + "\0", otherFields("\0'"));
    assertRefuses(HEADER + "x", otherFields("x'"));
    assertRefuses(HEADER + "x\n", otherFields("x'"));
  }

  @Test
  void refusesAnotherHeader() {
    assertRefuses("urlnum,url\n0,a\n", otherFields("urlnum,url\n0,a'"));
    assertRefuses("urx", otherFields("urx'"));
  }

  @Test
  void refusesATornRecordBeforeOthers() {
    assertRefuses(HEADER + "0,a\n1,\"b\n2,c\n", damaged(17, "1,\"b\n2,c'"));
    assertRefuses(HEADER + "0,a\n1,\"b\nx\n2,c\nx", damaged(17, "1,\"b\nx\n2,c\nx'"));
  }

  @Test
  void takesLinesOfATornTextForNoRecords() throws IOException {
    assertThat(read(HEADER + "0,a\n1,\"b\nc\nd\n")).containsExactly("a");
    assertThat(position).isEqualTo(17);
  }

  @Test
  void quotesNoMoreThanSixtyBytes() {
    assertRefuses(HEADER + "x".repeat(60), otherFields("x".repeat(60) + "'"));
    assertRefuses(HEADER + "x".repeat(61), otherFields("x".repeat(60) + "…'"));
  }
}
