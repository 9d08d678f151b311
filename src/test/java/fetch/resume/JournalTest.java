package fetch.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Outcome;
import fetch.Sample;
import fetch.input.CompletedEntries;
import fetch.input.ListedEntry;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.RecordSink;
import fetch.output.ResultFiles;
import fetch.output.SyncMode;
import fetch.output.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is read of files of records, whole and damaged. */
class JournalTest {
  private static final int RECORDS = 8;

  @TempDir private Path directory;

  /** The text of an entry, which takes pains to be misread. */
  private static String input(int n) {
    return List.of(
            "http://127.0.0.1/" + n,
            "\"quoted, \"\" and \\ back\\\\slashed\" " + n,
            "ü😀 \\n\\u0041\\x1b " + n,
            "=a\rb\tc\u0085d\u0001\u202e " + n)
        .get(n % 4);
  }

  private static FetchResult result(int n) {
    FetchRequest request = new FetchRequest(n, input(n), Sample.request(n).target());
    Attempt attempt = Sample.responded(request, 200);
    if (n % 3 != 1) {
      return new FetchResult(request, "GET", null, attempt, 0, 0);
    }
    String message = "a \"broken\",\nline and \\";
    Attempt failed = Sample.attempt(request, new Outcome.Failed(FailureKind.IO, message, 0, ""));
    FetchResult.Failure failure = new FetchResult.Failure(FailureKind.IO, message);
    return new FetchResult(request, "GET", failure, failed, 0, 0);
  }

  private static byte[] records(OutputFormat format, int... numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RecordSink sink =
        new RecordSink(
            format,
            null,
            TextStyle.PLAIN,
            bytes,
            e -> {
              throw new AssertionError(e);
            })) {
      for (int n : numbers) {
        sink.accept(result(n));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] records(OutputFormat format) {
    return records(format, 0, 1, 2, 3, 4, 5, 6, 7);
  }

  private Path file() {
    return directory.resolve("results");
  }

  private ResultFiles open(OutputFormat format) throws IOException {
    return ResultFiles.open(file(), ResultFiles.ONE_FILE, format, null, SyncMode.NEVER, true);
  }

  private Journal read(OutputFormat format, ResumeMode mode) throws IOException {
    try (ResultFiles files = open(format)) {
      return Journal.read(files, format, null, "GET", mode, false, false);
    }
  }

  private static boolean isDone(CompletedEntries earlier, int n) {
    try {
      return earlier.has(n, new ListedEntry(input(n)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void knowsEachEntryByItsPositionAndText(OutputFormat format) throws IOException {
    Files.write(file(), records(format, 7, 0, 3, 5, 2));

    Journal journal = read(format, ResumeMode.CONTINUE);

    assertThat(journal.records()).isEqualTo(5);
    assertThat(journal.failed()).isEqualTo(1);
    assertThat(journal.torn()).isZero();
    CompletedEntries earlier = journal.earlier();
    for (int n = 0; n < 10; n++) {
      assertThat(isDone(earlier, n)).as("entry " + n).isEqualTo(List.of(0, 2, 3, 5, 7).contains(n));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void knowsEachEntryByItsTextWhereverItIs(OutputFormat format) throws IOException {
    Files.write(file(), records(format, 0, 1, 2, 3));

    CompletedEntries earlier = read(format, ResumeMode.MATCH_INPUT).earlier();

    assertThat(earlier.has(9, new ListedEntry(input(2)))).isTrue();
    assertThat(earlier.has(10, new ListedEntry(input(2)))).isFalse();
    assertThat(earlier.has(11, new ListedEntry(input(4)))).isFalse();
    assertThat(earlier.has(12, new ListedEntry(input(3)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void replacesTheRecordsOfFailedEntries(OutputFormat format) throws IOException {
    Files.write(file(), records(format));
    try (ResultFiles files = open(format)) {
      Journal journal =
          Journal.read(files, format, null, "GET", ResumeMode.RETRY_FAILED, false, false);
      CompletedEntries earlier = journal.earlier();
      for (int n = 0; n < RECORDS; n++) {
        assertThat(isDone(earlier, n)).isEqualTo(n % 3 != 1);
      }
      assertThat(file()).hasBinaryContent(records(format));

      journal.tidy();
    }

    assertThat(file()).hasBinaryContent(records(format, 0, 2, 3, 5, 6));
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  /** Where each of the records begins, and where the last ends. */
  private static int[] starts(OutputFormat format) {
    int[] starts = new int[RECORDS + 1];
    for (int count = 0; count <= RECORDS; count++) {
      int[] numbers = new int[count];
      Arrays.setAll(numbers, n -> n);
      starts[count] = records(format, numbers).length;
    }
    return starts;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void dropsWhatIsTornOffAtAnyByte(OutputFormat format) throws IOException {
    byte[] whole = records(format);
    int[] starts = starts(format);
    for (int length = starts[RECORDS - 3]; length <= whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      int records = 0;
      while (records < RECORDS && starts[records + 1] <= length) {
        records++;
      }
      try (ResultFiles files = open(format)) {
        Journal journal =
            Journal.read(files, format, null, "GET", ResumeMode.CONTINUE, false, false);
        assertThat(journal.records()).as("records in " + length + " bytes").isEqualTo(records);
        assertThat(journal.torn()).isEqualTo(length - starts[records]);
        journal.tidy();
      }
      assertThat(file()).hasBinaryContent(Arrays.copyOf(whole, starts[records]));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void beginsAnewWhereNotEvenTheHeaderIsWhole(OutputFormat format) throws IOException {
    byte[] header = records(format, new int[0]);
    for (int length = 0; length <= header.length; length++) {
      Files.write(file(), Arrays.copyOf(header, length));
      try (ResultFiles files = open(format)) {
        Journal.read(files, format, null, "GET", ResumeMode.CONTINUE, false, false).tidy();
        files.goOn();
      }
      assertThat(file()).hasBinaryContent(header);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void losesNoOtherRecordWhereBytesAreWrong(OutputFormat format) throws IOException {
    byte[] whole = records(format);
    int[] starts = starts(format);
    int from = starts[RECORDS - 3];
    Random random = new Random(6);
    for (int round = 0; round < 800; round++) {
      byte[] damaged = whole.clone();
      int at = from + random.nextInt(whole.length - from);
      damaged[at] =
          round % 3 == 0
              ? (byte) "\n\"\\,\t}{".charAt(random.nextInt(7))
              : (byte) random.nextInt(256);
      Files.write(file(), damaged);
      int hit = RECORDS - 3;
      while (starts[hit + 1] <= at) {
        hit++;
      }
      checkDamaged(format, damaged, hit == RECORDS - 1 ? starts[hit] : whole.length);
    }
  }

  /** All records but the damaged one stay, unless the run refuses to go on. */
  private void checkDamaged(OutputFormat format, byte[] damaged, int kept) throws IOException {
    byte[] after;
    try (ResultFiles files = open(format)) {
      Journal.read(files, format, null, "GET", ResumeMode.CONTINUE, false, false).tidy();
      after = Files.readAllBytes(file());
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(file().toString());
      assertThat(file()).hasBinaryContent(damaged);
      return;
    }
    assertThat(after.length).isGreaterThanOrEqualTo(kept);
    assertThat(after).isEqualTo(Arrays.copyOf(damaged, after.length));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void refusesWhatIsNoRecordAndSaysWhere(OutputFormat format) throws IOException {
    byte[] whole = records(format);
    int at = starts(format)[3];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(whole, 0, at);
    bytes.writeBytes("garbage\n".getBytes(StandardCharsets.UTF_8));
    bytes.write(whole, at, whole.length - at);
    Files.write(file(), bytes.toByteArray());

    assertThatThrownBy(() -> read(format, ResumeMode.CONTINUE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            file() + " is damaged: at byte " + at + " a record of these fields was expected")
        .hasMessageContaining("garbage");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TEXT")
  void refusesRecordsOfOtherFieldsOrFormats(OutputFormat format) throws IOException {
    for (OutputFormat other : OutputFormat.values()) {
      if (!other.toString().equals(format.toString())) {
        Files.write(file(), records(other));
        assertThatThrownBy(() -> read(format, ResumeMode.CONTINUE))
            .hasMessageContaining("does not match these --fields and this --format");
      }
    }
    List<Field> fields = List.of(Field.URLNUM, Field.INPUT);
    Files.write(file(), records(format));
    try (ResultFiles files = open(format)) {
      assertThatThrownBy(
              () -> Journal.read(files, format, fields, "GET", ResumeMode.CONTINUE, false, false))
          .hasMessageContaining("use the options it was written with");
    }
  }

  @Test
  void refusesAQuoteThatHidesRecords() throws IOException {
    List<Field> fields = List.of(Field.URLNUM, Field.INPUT);
    Files.writeString(file(), "urlnum,input\n0,a\n1,\"b\n2,c\n");

    try (ResultFiles files =
        ResultFiles.open(
            file(), ResultFiles.ONE_FILE, OutputFormat.CSV, fields, SyncMode.NEVER, true)) {
      assertThatThrownBy(() ->
              Journal.read(
                  files, OutputFormat.CSV, fields, "GET", ResumeMode.CONTINUE, false, false))
          .hasMessageContaining("is damaged: at byte 17 a record of these fields was expected");
    }
  }

  @Test
  void refusesTwoRecordsOfOneEntry() throws IOException {
    Files.write(file(), records(OutputFormat.JSONL, 0, 1, 0));

    assertThatThrownBy(() -> read(OutputFormat.JSONL, ResumeMode.CONTINUE))
        .hasMessage(file() + ": entry 0 has two records");
  }

  @Test
  void refusesPositionsBeyondItsReach() throws IOException {
    String record = new String(records(OutputFormat.JSONL, 1), StandardCharsets.UTF_8);
    Files.writeString(file(), record.replace("\"urlnum\":1", "\"urlnum\":4294967296"));

    assertThatThrownBy(() -> read(OutputFormat.JSONL, ResumeMode.CONTINUE))
        .hasMessage(file() + ": position 4294967296 is beyond 4294967295");

    Files.writeString(file(), record.replace("\"urlnum\":1", "\"urlnum\":4294967295"));
    assertThat(read(OutputFormat.JSONL, ResumeMode.CONTINUE).last()).isEqualTo(4_294_967_295L);
  }

  @Test
  void readsStringsThatOthersHaveEscapedInTheirWay() throws IOException {
    String record = new String(records(OutputFormat.JSONL, 0), StandardCharsets.UTF_8);
    Files.writeString(file(), record.replaceFirst("http://", "\\\\u0068t\\\\u0074p:\\\\/\\\\/"));

    assertThat(isDone(read(OutputFormat.JSONL, ResumeMode.CONTINUE).earlier(), 0)).isTrue();
  }

  @Test
  void readsRecordsThatAreLongerThanItsBuffer() throws IOException {
    byte[] whole = records(OutputFormat.JSONL);
    String record = new String(records(OutputFormat.JSONL, 8), StandardCharsets.UTF_8);
    String input = "x".repeat(3_000_000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(whole);
    bytes.writeBytes(record.replace(input(8), input).getBytes(StandardCharsets.UTF_8));
    Files.write(file(), bytes.toByteArray());

    CompletedEntries earlier = read(OutputFormat.JSONL, ResumeMode.CONTINUE).earlier();
    for (int n = 0; n < RECORDS; n++) {
      assertThat(isDone(earlier, n)).isTrue();
    }
    assertThat(earlier.has(8, new ListedEntry(input))).isTrue();
  }

  @Test
  void namesItsModesAsTheOptionDoes() {
    assertThat(ResumeMode.values())
        .extracting(ResumeMode::toString)
        .containsExactly("continue", "match-input", "retry-failed");
  }
}
