package fetch.spark;

import fetch.FetchResult;
import fetch.output.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The formats of chunks by name. */
enum ChunkFormat {
  /** Apache Parquet, compressed with Snappy. */
  PARQUET {
    @Override
    void write(List<FetchResult> results, List<Column> columns, Path file) throws IOException {
      ParquetRecords.write(results, columns, file);
    }

    @Override
    void readPositions(org.apache.hadoop.fs.Path file, Configuration hadoop, LongConsumer urlnums)
        throws IOException {
      ParquetRecords.readPositions(file, hadoop, urlnums);
    }

    @Override
    Dataset<Row> read(DataFrameReader reader, List<String> files) {
      return reader.parquet(files.toArray(String[]::new));
    }
  },
  /** One JSON object (RFC 8259) per line. */
  JSONL {
    @Override
    void write(List<FetchResult> results, List<Column> columns, Path file) throws IOException {
      JsonlRecords.write(results, columns, file);
    }

    @Override
    void readPositions(org.apache.hadoop.fs.Path file, Configuration hadoop, LongConsumer urlnums)
        throws IOException {
      JsonlRecords.readPositions(file, hadoop, urlnums);
    }

    @Override
    Dataset<Row> read(DataFrameReader reader, List<String> files) {
      return reader.json(files.toArray(String[]::new));
    }
  };

  /** Writes a whole chunk. */
  abstract void write(List<FetchResult> results, List<Column> columns, Path file)
      throws IOException;

  /** Passes the position of each record in a chunk to a consumer. */
  abstract void readPositions(
      org.apache.hadoop.fs.Path file, Configuration hadoop, LongConsumer urlnums)
      throws IOException;

  /**
   * Reads chunks back.
   *
   * @param files at least one
   */
  abstract Dataset<Row> read(DataFrameReader reader, List<String> files);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
