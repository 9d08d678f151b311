package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputFormatTest {
  private static final Set<OutputFormat> TABLES =
      Set.of(OutputFormat.CSV, OutputFormat.SAFE_CSV, OutputFormat.TSV);

  @ParameterizedTest
  @EnumSource
  void isATableWhereAHeaderNamesTheColumns(OutputFormat format) {
    assertThat(format.isTable()).isEqualTo(TABLES.contains(format));
    assertThat(format.header(null).length > 0).isEqualTo(TABLES.contains(format));
  }

  @ParameterizedTest
  @EnumSource
  void keepsQuotedTextTogetherInCsvOnly(OutputFormat format) {
    assertThat(format.hasQuotes())
        .isEqualTo(format == OutputFormat.CSV || format == OutputFormat.SAFE_CSV);
  }

  @ParameterizedTest
  @EnumSource
  void hasOptionalColumnsInJsonOnly(OutputFormat format) {
    List<Column> expected = new ArrayList<>(Field.all());
    if (format == OutputFormat.JSONL) {
      expected.addAll(OptionalField.ALL);
    }

    assertThat(format.usual()).isEqualTo(expected);
  }

  @Test
  void makesOneRecordWithItsEndAndWithoutTheHeader() {
    byte[] record = OutputFormat.TSV.record(List.of(Field.URLNUM, Field.INPUT), Sample.ok(7));

    assertThat(new String(record, StandardCharsets.UTF_8)).isEqualTo("7\thttp://127.0.0.1/7\n");
  }
}
