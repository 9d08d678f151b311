package fetch.cli;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Tally;
import fetch.compare.FigureRecorder;
import fetch.compare.FreshProcess;
import fetch.engine.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures a run of {@code fetch compare}, which names the file for the figures in an environment
 * variable.
 */
final class ComparisonProbe implements RunListener {
  /** A constant, so that other runs do not even load these classes. */
  static final String VARIABLE = FreshProcess.FIGURES;

  private final Path file;
  private final FigureRecorder recorder = new FigureRecorder();

  ComparisonProbe(Path file) {
    this.file = file;
  }

  @Override
  public void attempted(FetchRequest request, Attempt attempt) {
    recorder.attempted(attempt);
  }

  @Override
  public void ended(FetchResult result) {
    recorder.ended(result);
  }

  void write(int workers, Tally tally) throws IOException {
    Files.write(file, recorder.figures(workers, tally).lines());
  }
}
