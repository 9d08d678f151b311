package fetch.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.Change;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.HashAlgorithm;
import fetch.HeaderField;
import fetch.IncludedBody;
import fetch.Meta;
import fetch.Outcome;
import fetch.RedirectStep;
import fetch.Representation;
import fetch.Sample;
import fetch.SavedBody;
import fetch.Target;
import fetch.Timings;
import fetch.Validators;
import fetch.http.url.HttpUrlParser;
import fetch.input.JsonText;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.Hostile;
import fetch.output.MetaColumn;
import fetch.output.OutputFormat;
import fetch.output.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A result that is read from its record is written as the same record. */
class RecordedResultTest {
  @TempDir private Path directory;

  private static List<Column> everything() {
    List<Column> columns = new ArrayList<>(List.of(Field.values()));
    columns.add(MetaColumn.WHOLE);
    return columns;
  }

  /** A result with something in every field. */
  private static FetchResult full() {
    String url = "http://h.test/a";
    Meta meta =
        new Meta(
            List.of("a", "b,\"", "c"),
            List.of(
                new Meta.Value.Text("x\ty"),
                new Meta.Value.Json("[1.0,{\"d\":null}]"),
                new Meta.Value.Text(null)));
    FetchRequest request =
        new FetchRequest(17, "h.test/a", new Target(url, url, "h.test", 80), false, null, meta);
    RedirectStep first = new RedirectStep(null, url, 301, 1_500_000, "127.0.0.1");
    Representation representation =
        new Representation(
            new SavedBody("a/b \"c\"", Map.of(HashAlgorithm.SHA1, "00ff", HashAlgorithm.MD5, "1"))
                .withIncluded(new IncludedBody("text\n", null, true)),
            new Validators("\"tag\"", "Thu, 01 Jan 1970 00:00:00 GMT"));
    Attempt attempt =
        new Attempt(
            new Outcome.Responded(404),
            new Attempt.Requests(
                "POST",
                "http://h.test/c",
                2,
                new RedirectStep(first, "http://h.test/b", 302, 2_000, null)),
            new Attempt.Response(
                "2",
                "text/html",
                null,
                List.of(new HeaderField("A", "1"), new HeaderField("B", "2\""))),
            new Attempt.Body(12, 34, ""),
            representation,
            new Attempt.Peer("::1", 443),
            new Timings(1_790_000_000_123L, 1_000, 2_000, 3_000, 4_000, 5_123_000));
    return new FetchResult(
        request,
        "POST",
        new FetchResult.Failure(FailureKind.HTTP_STATUS, "the server returned 404"),
        attempt,
        new FetchResult.Scheduling(3, 7_000_000_000L, 1_790_000_000_123L),
        representation,
        Change.FAILED);
  }

  static Stream<FetchResult> results() {
    FetchResult duplicate =
        new FetchResult(
            Sample.request(5),
            "GET",
            null,
            null,
            new FetchResult.Scheduling(0, 0, 0, new FetchResult.Duplicate(3, 204)),
            Representation.NONE,
            null);
    return Stream.of(
            Results.all().stream(),
            Hostile.strings().map(Results::hostile),
            Stream.of(FailureKind.values()).map(kind -> Sample.failed(1, kind)),
            Stream.of(full(), duplicate, Sample.ok(9)))
        .flatMap(all -> all);
  }

  private String again(OutputFormat format, List<? extends Column> columns, FetchResult result)
      throws IOException {
    Path path = directory.resolve("results");
    Files.write(path, format.header(columns));
    byte[] record = format.record(columns, result);
    Files.write(path, record, StandardOpenOption.APPEND);
    ResultsFile file = ResultsFile.of(path);
    try (RecordLines lines = file.lines()) {
      byte[] line = lines.next();
      FetchResult read = RecordedResult.of(file.fields(line), new HttpUrlParser());
      assertThat(file.position(line)).isEqualTo(result.entry().urlnum());
      return new String(format.record(columns, read), StandardCharsets.UTF_8);
    }
  }

  /** CSV quotes cells that have control characters, and escapes them: the cells are the same. */
  private static Object comparable(OutputFormat format, String record) throws IOException {
    return format == OutputFormat.CSV ? RowSplitter.cells(record.strip(), ',') : record;
  }

  @ParameterizedTest
  @MethodSource("results")
  void isTheSameRecord(FetchResult result) throws IOException {
    for (OutputFormat format : List.of(OutputFormat.JSONL, OutputFormat.CSV, OutputFormat.TSV)) {
      for (List<? extends Column> columns : List.of(Field.all(), format.usual(), everything())) {
        String record = new String(format.record(columns, result), StandardCharsets.UTF_8);
        assertThat(comparable(format, again(format, columns, result)))
            .isEqualTo(comparable(format, record));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Field.class)
  void hasItsPositionWhereverThatIs(Field before) throws IOException {
    List<Field> columns = before == Field.URLNUM ? List.of(before) : List.of(before, Field.URLNUM);
    for (OutputFormat format : List.of(OutputFormat.JSONL, OutputFormat.CSV, OutputFormat.TSV)) {
      again(format, columns, full());
    }
  }

  @Test
  void keepsMetaInColumnsOfItsOwn() throws IOException {
    List<Column> columns = List.of(Field.URLNUM, new MetaColumn("a"), new MetaColumn("b,\""));

    assertThat(again(OutputFormat.CSV, columns, full()))
        .isEqualTo("17,x\\ty,\"[1.0,{\"\"d\"\":null}]\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"urlnum\":1,\"error\":\"weather\"}|fetch has no error 'weather'",
        "{\"urlnum\":1,\"time_total\":\"soon\"}|its time_total is not a number of seconds",
        "{\"urlnum\":1,\"time_start\":\"soon\"}|its time_start is not a time",
        "{\"urlnum\":1,\"response_code\":-1}|its response_code is not a whole number",
        "{\"urlnum\":1,\"change\":\"x\"}|fetch has no change 'x'",
        "{\"urlnum\":1,\"meta\":[]}|not a JSON object",
      })
  void isNoneWithValuesThatFetchDoesNotWrite(String record, String reason) {
    assertThatThrownBy(() -> RecordedResult.of(JsonText.object(record), new HttpUrlParser()))
        .isInstanceOf(IOException.class)
        .hasMessage(reason);
  }

  @Test
  void hasNothingWhereTheRecordHasNothing() throws IOException {
    FetchResult result =
        RecordedResult.of(
            JsonText.object("{\"urlnum\":3,\"url\":\"http://h/\",\"ok\":true}"),
            new HttpUrlParser());

    assertThat(result.ok()).isTrue();
    assertThat(result.attempt()).isNull();
    assertThat(((FetchRequest) result.entry()).target().host()).isEqualTo("h");
  }
}
