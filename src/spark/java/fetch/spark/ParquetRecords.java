package fetch.spark;

import fetch.FetchResult;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.ValueWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes and reads chunks as Apache Parquet. */
final class ParquetRecords {
  private static final double MICROS = 1e6;
  private static final String POSITIONS = "message record { required int64 urlnum; }";
  private static final String ARCHIVES =
      "message record { required int64 urlnum; optional binary filename_effective (STRING); }";

  /** Fields with few values. For others, building a dictionary only costs time. */
  private static final Set<Column> REPEATED =
      Set.of(
          Field.METHOD,
          Field.FILENAME_EFFECTIVE, // an archive
          Field.RESPONSE_CODE,
          Field.ERROR,
          Field.ERRORMSG,
          Field.EXITCODE,
          Field.NUM_REDIRECTS,
          Field.NUM_RETRIES,
          Field.HTTP_VERSION,
          Field.CONTENT_TYPE,
          Field.SIZE_DOWNLOAD,
          Field.SIZE_DELIVERED,
          Field.REMOTE_IP,
          Field.REMOTE_PORT);

  private static final List<Field> FIGURES =
      List.of(
          Field.URLNUM,
          Field.OK,
          Field.ERROR,
          Field.NUM_RETRIES,
          Field.SIZE_DELIVERED,
          Field.TIME_START,
          Field.TIME_TOTAL);

  private ParquetRecords() {}

  static void write(List<FetchResult> results, List<Column> columns, Path file) throws IOException {
    Builder builder =
        new Builder(new LocalOutputFile(file), columns)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.SNAPPY);
    for (Column column : columns) {
      builder.withDictionaryEncoding(column.label(), REPEATED.contains(column));
    }
    try (ParquetWriter<FetchResult> out = builder.build()) {
      for (FetchResult result : results) {
        out.write(result);
      }
    }
  }

  static void readCommitted(
      org.apache.hadoop.fs.Path file,
      Configuration hadoop,
      boolean archived,
      ChunkFormat.Committed committed)
      throws IOException {
    String archive = Field.FILENAME_EFFECTIVE.label();
    read(
        file,
        hadoop,
        archived ? ARCHIVES : POSITIONS,
        record -> {
          boolean has = archived && record.getFieldRepetitionCount(archive) > 0;
          committed.take(
              record.getLong(Field.URLNUM.label(), 0), has ? record.getString(archive, 0) : null);
        });
  }

  static void readFigures(
      org.apache.hadoop.fs.Path file, Configuration hadoop, Consumer<RecordFigures> figures)
      throws IOException {
    String schema = new RecordSchema(List.copyOf(FIGURES)).parquet().toString();
    read(file, hadoop, schema, record -> figures.accept(figures(record)));
  }

  private static void read(
      org.apache.hadoop.fs.Path file, Configuration hadoop, String schema, Consumer<Group> consumer)
      throws IOException {
    Configuration narrowed = new Configuration(hadoop);
    narrowed.set(ReadSupport.PARQUET_READ_SCHEMA, schema);
    try (ParquetReader<Group> records =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(narrowed).build()) {
      for (Group record = records.read(); record != null; record = records.read()) {
        consumer.accept(record);
      }
    }
  }

  private static RecordFigures figures(Group record) {
    boolean requested = has(record, Field.TIME_START) && has(record, Field.TIME_TOTAL);
    return new RecordFigures(
        has(record, Field.OK) && record.getBoolean(FIGURES.indexOf(Field.OK), 0),
        has(record, Field.ERROR) ? record.getString(FIGURES.indexOf(Field.ERROR), 0) : null,
        number(record, Field.NUM_RETRIES),
        number(record, Field.SIZE_DELIVERED),
        requested ? record.getDouble(FIGURES.indexOf(Field.TIME_TOTAL), 0) : Double.NaN);
  }

  private static long number(Group record, Field field) {
    return has(record, field) ? record.getLong(FIGURES.indexOf(field), 0) : 0;
  }

  private static boolean has(Group record, Field field) {
    return record.getFieldRepetitionCount(FIGURES.indexOf(field)) > 0;
  }

  @SuppressWarnings("deprecation") // the one required method
  private static final class Builder extends ParquetWriter.Builder<FetchResult, Builder> {
    private final List<Column> columns;

    Builder(OutputFile file, List<Column> columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<FetchResult> getWriteSupport(Configuration hadoop) {
      return new Records(columns);
    }
  }

  /** Writes the columns of a record; null values are omitted. */
  @SuppressWarnings("deprecation") // the one required method
  private static final class Records extends WriteSupport<FetchResult> {
    private final List<Column> columns;
    private @Nullable RecordConsumer out;

    Records(List<Column> columns) {
      this.columns = columns;
    }

    @Override
    public WriteContext init(Configuration hadoop) {
      return new WriteContext(new RecordSchema(columns).parquet(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(FetchResult result) {
      RecordConsumer consumer = out;
      if (consumer == null) {
        throw new IllegalStateException("not prepared for writing");
      }
      consumer.startMessage();
      Values values = new Values(consumer);
      int index = 0;
      for (Column column : columns) {
        values.name = column.label();
        values.index = index++;
        column.write(result, values);
      }
      consumer.endMessage();
    }
  }

  private static final class Values implements ValueWriter {
    private final RecordConsumer out;
    private String name = "";
    private int index;

    Values(RecordConsumer out) {
      this.out = out;
    }

    @Override
    public void text(@Nullable String value) {
      if (value != null) {
        out.startField(name, index);
        out.addBinary(Binary.fromString(value));
        out.endField(name, index);
      }
    }

    @Override
    public void json(@Nullable String value) {
      text(value);
    }

    @Override
    public void number(long value) {
      out.startField(name, index);
      out.addLong(value);
      out.endField(name, index);
    }

    @Override
    public void flag(boolean value) {
      out.startField(name, index);
      out.addBoolean(value);
      out.endField(name, index);
    }

    /** Seconds with microseconds, as in all formats. */
    @Override
    public void seconds(long nanos) {
      out.startField(name, index);
      long micros = (Math.max(0, nanos) + 500) / 1000;
      out.addDouble(micros / MICROS);
      out.endField(name, index);
    }
  }
}
