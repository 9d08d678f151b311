package fetch.spark;

import fetch.BadLine;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.input.RecordedOutcome;
import fetch.output.Column;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Gives duplicates the outcome of the first entry with their request, when all of those have one.
 * Chunks and their names depend on the data alone, so that it does not matter who writes them.
 *
 * @param settings of the job
 * @param sources the lists of the job
 * @param query is appended to the query of each URL, null for nothing
 * @param records in a chunk
 */
record DuplicateRecords(
    JobSettings settings,
    Broadcast<SerializableConfiguration> hadoop,
    String output,
    List<ListSource> sources,
    @Nullable String query,
    int records)
    implements Serializable {

  /** A duplicate, and the code of the outcome of an earlier entry. */
  private record Settled(ListedLine line, long first, int code) implements Serializable {}

  /**
   * Writes the records of all duplicates, and returns their chunks.
   *
   * @param duplicates that are stored
   * @param firsts the records of other entries
   */
  List<Chunk> write(JavaSparkContext spark, DividedList duplicates, Dataset<Row> firsts) {
    int parts = duplicates.parts();
    DuplicateRecords job = this;
    JavaPairRDD<Long, ListedLine> lines =
        spark
            .parallelize(duplicates.numbers(), parts)
            .flatMapToPair(part -> DuplicateLines.read(job.open(), part));
    JavaPairRDD<Long, Integer> outcomes =
        firsts
            .select("urlnum", "response_code", "error", "exitcode")
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row.getLong(0), code(row)));
    return lines
        .join(outcomes, parts)
        .mapToPair(joined -> settled(joined._1(), joined._2()))
        .repartitionAndSortWithinPartitions(new HashPartitioner(parts))
        .mapPartitionsWithIndex((part, sorted) -> job.write(part, sorted).iterator(), true)
        .collect();
  }

  private static Tuple2<Long, Settled> settled(long first, Tuple2<ListedLine, Integer> joined) {
    ListedLine line = joined._1();
    return new Tuple2<>(line.urlnum(), new Settled(line, first, joined._2()));
  }

  private OutputDirectory open() throws IOException {
    return OutputDirectory.open(output, hadoop.value().value());
  }

  private static int code(Row row) {
    String error = row.getString(2);
    FailureKind failure = error == null ? null : FailureKind.find(error, row.getLong(3));
    return RecordedOutcome.code((int) row.getLong(1), failure);
  }

  private List<Chunk> write(int part, Iterator<Tuple2<Long, Settled>> sorted) throws IOException {
    JobOptions options = settings.options();
    boolean structured = ListSource.anyStructured(sources);
    List<Column> columns = JobSettings.columns(options, structured);
    ChunkFormat format = options.spark().format();
    String method = options.engine().request().method();
    EntryParsers parsers = new EntryParsers(sources, query);
    List<Chunk> chunks = new ArrayList<>();
    while (sorted.hasNext()) {
      List<FetchResult> results = new ArrayList<>();
      while (sorted.hasNext() && results.size() < records) {
        results.add(result(sorted.next()._2(), parsers, method));
      }
      String name =
          String.format(
              Locale.ROOT, "duplicates-part-%05d-chunk-%06d.%s", part, chunks.size(), format);
      put(name, results, columns, format);
      chunks.add(new Chunk(name, results.size(), null));
    }
    return chunks;
  }

  private static FetchResult result(Settled settled, EntryParsers parsers, String method) {
    return switch (parsers.parse(settled.line())) {
      case FetchRequest request ->
          RecordedOutcome.of(settled.first(), settled.code()).ofDuplicate(request, method);
      case BadLine bad -> throw new IllegalStateException("entry " + bad.urlnum() + " is invalid");
    };
  }

  /** A file that is there has the same records. */
  private void put(String name, List<FetchResult> results, List<Column> columns, ChunkFormat format)
      throws IOException {
    OutputDirectory directory = open();
    if (directory.exists(name)) {
      return;
    }
    Path file = Files.createTempFile("fetch-chunk-", "");
    try {
      format.write(results, columns, file);
      directory.putIfAbsent(name, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
