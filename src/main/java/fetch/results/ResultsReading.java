package fetch.results;

import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.input.TargetParser;
import fetch.report.RunStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads files of results, with records in any order. For one thread. */
public final class ResultsReading {
  private final List<ResultsFile> files = new ArrayList<>();
  private final TargetParser urls;
  private final List<String> torn = new ArrayList<>();

  /**
   * @param urls finds the hosts of URLs
   */
  public ResultsReading(List<Path> paths, TargetParser urls) throws IOException {
    this.urls = urls;
    for (Path path : paths) {
      ResultsFile file = ResultsFile.of(path);
      if (!file.labels().isEmpty() && !file.labels().contains("error")) {
        throw new IOException(path + " has no field error, which a summary needs");
      }
      files.add(file);
    }
  }

  /** Adds all results up. */
  public ResultTotals totals() throws IOException {
    ResultTotals totals = new ResultTotals();
    torn.clear();
    read(totals::add);
    return totals;
  }

  /**
   * Counts for the HTML report, as if all results were those of one run.
   *
   * @param totals of the same files
   */
  public RunStatistics statistics(ResultTotals totals) throws IOException {
    RecordClock clock = new RecordClock();
    RunStatistics statistics = new RunStatistics(clock, false);
    long start = totals.start();
    torn.clear();
    read(result -> {
      if (ResultTotals.isTimed(result)) {
        clock.turnTo(ResultTotals.end(result) - start);
      }
      if (result.attempt() != null && result.entry() instanceof FetchRequest request) {
        statistics.attempted(request, result.attempt());
      }
      statistics.ended(result);
    });
    return statistics;
  }

  private void read(Consumer<FetchResult> consumer) throws IOException {
    for (ResultsFile file : files) {
      try (RecordLines lines = file.lines()) {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
          consumer.accept(result(file, lines.number(), line));
        }
        if (lines.torn() > 0) {
          torn.add(ResultsScan.tornEnd(file, lines.torn()));
        }
      }
    }
  }

  private FetchResult result(ResultsFile file, long number, byte[] line) throws IOException {
    try {
      return RecordedResult.of(file.fields(line), urls);
    } catch (IOException e) {
      throw ResultsScan.damaged(file, number, e);
    }
  }

  /** One sentence about each file that ends in an incomplete record. */
  public List<String> tornEnds() {
    return List.copyOf(torn);
  }
}
