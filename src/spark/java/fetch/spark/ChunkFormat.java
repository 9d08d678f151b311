package fetch.spark;

import fetch.FetchResult;
import fetch.output.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The formats of chunks by name. */
enum ChunkFormat {
  /** Apache Parquet, compressed with Snappy. */
  PARQUET {
    @Override
    void write(List<FetchResult> results, List<Column> columns, Path file) throws IOException {
      ParquetRecords.write(results, columns, file);
    }

    @Override
    void readCommitted(
        org.apache.hadoop.fs.Path file, Configuration hadoop, boolean archived, Committed records)
        throws IOException {
      ParquetRecords.readCommitted(file, hadoop, archived, records);
    }

    @Override
    void readFigures(
        org.apache.hadoop.fs.Path file, Configuration hadoop, Consumer<RecordFigures> figures)
        throws IOException {
      ParquetRecords.readFigures(file, hadoop, figures);
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
    void readCommitted(
        org.apache.hadoop.fs.Path file, Configuration hadoop, boolean archived, Committed records)
        throws IOException {
      JsonlRecords.readCommitted(file, hadoop, archived, records);
    }

    @Override
    void readFigures(
        org.apache.hadoop.fs.Path file, Configuration hadoop, Consumer<RecordFigures> figures)
        throws IOException {
      JsonlRecords.readFigures(file, hadoop, figures);
    }

    @Override
    Dataset<Row> read(DataFrameReader reader, List<String> files) {
      return reader.json(files.toArray(String[]::new));
    }
  };

  /** Writes a whole chunk. */
  abstract void write(List<FetchResult> results, List<Column> columns, Path file)
      throws IOException;

  /** Takes what was committed. */
  interface Committed {
    /**
     * Takes a record.
     *
     * @param archive the file with its response, null for none
     */
    void take(long urlnum, @Nullable String archive);
  }

  /**
   * Passes the position and the archive of each record in a chunk to a consumer.
   *
   * @param archived whether records have an archive
   */
  abstract void readCommitted(
      org.apache.hadoop.fs.Path file, Configuration hadoop, boolean archived, Committed records)
      throws IOException;

  /** Passes the figures of each record in a chunk to a consumer. */
  abstract void readFigures(
      org.apache.hadoop.fs.Path file, Configuration hadoop, Consumer<RecordFigures> figures)
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
