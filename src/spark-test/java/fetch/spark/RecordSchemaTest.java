package fetch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Duplicate;
import fetch.FetchResult.Scheduling;
import fetch.Representation;
import fetch.Target;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The columns of Parquet files and Datasets. */
class RecordSchemaTest {
  private static final List<Column> ALL = List.copyOf(Arrays.asList(Field.values()));
  private static final RecordSchema SCHEMA = new RecordSchema(ALL);

  @Test
  void hasTheNamesAndTheOrderOfAllOtherFormats() {
    String csv = new String(OutputFormat.CSV.header(ALL), StandardCharsets.UTF_8).strip();

    assertThat(SCHEMA.parquet().getFields())
        .extracting(Type::getName)
        .containsExactly(csv.split(",", -1));
    assertThat(SCHEMA.spark().fieldNames()).containsExactly(csv.split(",", -1));
  }

  @Test
  void isReadBySparkAsItIsWritten() {
    StructField[] read =
        new ParquetToSparkSchemaConverter(new SQLConf()).convert(SCHEMA.parquet()).fields();

    assertThat(read)
        .extracting(StructField::dataType)
        .containsExactly(
            Arrays.stream(SCHEMA.spark().fields())
                .map(StructField::dataType)
                .toArray(org.apache.spark.sql.types.DataType[]::new));
  }

  /** Takes down which kinds of values a field has. */
  private static final class Kinds implements ValueWriter {
    private final List<RecordSchema.Kind> seen = new ArrayList<>();

    @Override
    public void text(@Nullable String value) {
      if (value != null) {
        seen.add(RecordSchema.Kind.TEXT);
      }
    }

    @Override
    public void number(long value) {
      seen.add(RecordSchema.Kind.NUMBER);
    }

    @Override
    public void json(@Nullable String value) {
      seen.add(RecordSchema.Kind.TEXT);
    }

    @Override
    public void flag(boolean value) {
      seen.add(RecordSchema.Kind.FLAG);
    }

    @Override
    public void seconds(long nanos) {
      seen.add(RecordSchema.Kind.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource(Field.class)
  void saysOfEachFieldWhatItWrites(Field field) {
    Target target = new Target("http://h/", "http://h/", "h", 80);
    FetchResult result =
        new FetchResult(
            new FetchRequest(7, "http://h/", target),
            "GET",
            null,
            null,
            new Scheduling(0, 0, 0, new Duplicate(3, 200)),
            Representation.NONE,
            null);
    Kinds kinds = new Kinds();
    field.write(result, kinds);

    assertThat(kinds.seen).allMatch(kind -> kind == RecordSchema.kind(field));
  }
}
