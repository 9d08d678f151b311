package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordSinkTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private RecordSink sink(OutputFormat format) {
    return new RecordSink(
        format,
        Column.parse("urlnum"),
        TextStyle.PLAIN,
        out,
        e -> {
          throw new AssertionError(e);
        });
  }

  @Test
  void writesTheHeaderBeforeAnyRecord() {
    try (RecordSink sink = sink(OutputFormat.CSV)) {
      sink.accept(Sample.ok(3));
      sink.accept(Sample.ok(1));
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("urlnum\n3\n1\n");
  }

  @Test
  void writesTheHeaderEvenWhenThereAreNoRecords() {
    sink(OutputFormat.TSV).close();

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("urlnum\n");
  }

  @Test
  void writesNothingInFormatsWithoutAHeaderWhenThereAreNoRecords() {
    sink(OutputFormat.JSONL).close();
    sink(OutputFormat.TEXT).close();

    assertThat(out.size()).isZero();
  }
}
