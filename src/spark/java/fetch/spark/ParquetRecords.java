package fetch.spark;

import fetch.FetchResult;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.ValueWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  private ParquetRecords() {}

  static void write(List<FetchResult> results, List<Column> columns, Path file) throws IOException {
    try (ParquetWriter<FetchResult> out =
        new Builder(new LocalOutputFile(file), columns)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
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
    Configuration narrowed = new Configuration(hadoop);
    narrowed.set(ReadSupport.PARQUET_READ_SCHEMA, archived ? ARCHIVES : POSITIONS);
    try (ParquetReader<Group> records =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(narrowed).build()) {
      for (Group record = records.read(); record != null; record = records.read()) {
        boolean has = archived && record.getFieldRepetitionCount(archive) > 0;
        committed.take(
            record.getLong(Field.URLNUM.label(), 0), has ? record.getString(archive, 0) : null);
      }
    }
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
