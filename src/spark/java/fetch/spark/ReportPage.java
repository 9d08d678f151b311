package fetch.spark;

import fetch.cli.options.IoMessages;
import fetch.cli.options.UsageException;
import fetch.engine.Release;
import fetch.file.ReplacedFile;
import fetch.http.url.HttpUrlParser;
import fetch.output.Field;
import fetch.output.SummaryFormat.Rest;
import fetch.report.RunReport;
import fetch.results.ResultTotals;
import fetch.results.ResultsReading;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Writes the HTML report of a job. The driver copies the records to its disk, without bodies and
 * headers: some 600 bytes each.
 */
record ReportPage(ReplacedFile file) {
  static ReportPage of(Path file) {
    return new ReportPage(new ReplacedFile(file, false));
  }

  /** Checks that the page can be written, before hours of fetching. */
  void check() throws UsageException {
    try {
      file.check();
    } catch (IOException e) {
      throw new UsageException("--report: " + IoMessages.of(e));
    }
  }

  /**
   * Writes the page.
   *
   * @param output the directory of the job
   * @param options of the job, without secrets
   */
  void write(Dataset<Row> records, String output, List<String> options) throws IOException {
    Path copy = Files.createTempFile("fetch-records-", ".jsonl");
    try {
      copy(records, copy);
      ResultsReading results = new ResultsReading(List.of(copy), new HttpUrlParser());
      ResultTotals totals = results.totals();
      RunReport.Subject subject =
          new RunReport.Subject(
              output, List.of("fetch " + Release.number() + " on Spark"), options, true);
      file.write(
          RunReport.of(
              results.statistics(totals), totals.tally(), new Rest.None(), Map.of(), subject));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void copy(Dataset<Row> records, Path file) throws IOException {
    Column[] columns =
        Field.all().stream().map(field -> functions.col(field.label())).toArray(Column[]::new);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      Iterator<String> lines = records.select(columns).toJSON().toLocalIterator();
      while (lines.hasNext()) {
        out.write(lines.next());
        out.newLine();
      }
    }
  }
}
