package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private RecordWriter writer(OutputFormat format) throws IOException {
    return new RecordWriter(format, List.of(Field.URLNUM, Field.INPUT), out);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesTheHeaderAtOnceAndEachRecordOnce() throws IOException {
    RecordWriter writer = writer(OutputFormat.CSV);
    assertThat(text()).isEqualTo("urlnum,input\n");

    writer.write(Sample.ok(3));
    assertThat(text()).isEqualTo("urlnum,input\n3,http://127.0.0.1/3\n");

    writer.write(Sample.ok(4));
    assertThat(text()).isEqualTo("urlnum,input\n3,http://127.0.0.1/3\n4,http://127.0.0.1/4\n");
  }

  @Test
  void writesNoHeaderWhereTheFormatHasNone() throws IOException {
    RecordWriter writer = writer(OutputFormat.JSONL);
    assertThat(text()).isEmpty();

    writer.write(Sample.ok(3));
    assertThat(text()).isEqualTo("{\"urlnum\":3,\"input\":\"http://127.0.0.1/3\"}\n");
  }
}
