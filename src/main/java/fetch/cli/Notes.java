package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Tally;
import fetch.compare.FreshProcess;
import fetch.compare.Recorder;
import fetch.http.Exchange;
import fetch.output.ResultSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a run notes down when it is one of those that {@code fetch compare} makes: as that asks by
 * an environment variable, which holds the name of the file for it.
 */
final class Notes {
  /** A constant, so that a run that is not asked does not even load these classes. */
  static final String VARIABLE = FreshProcess.FIGURES;

  private final Path file;
  private final Recorder recorder = new Recorder();

  Notes(Path file) {
    this.file = file;
  }

  /** An exchange whose answers are noted. */
  Exchange of(Exchange exchange) {
    return new Noted(exchange, recorder);
  }

  /** A sink whose results are noted. */
  ResultSink of(ResultSink sink) {
    return new NotedResults(sink, recorder);
  }

  void write(int workers, Tally tally) throws IOException {
    Files.write(file, recorder.figures(workers, tally).lines());
  }

  private record Noted(Exchange exchange, Recorder recorder) implements Exchange {
    @Override
    public Attempt execute(FetchRequest request) {
      Attempt attempt = exchange.execute(request);
      recorder.attempted(attempt);
      return attempt;
    }

    @Override
    public void enqueue(FetchRequest request, Completion completion) {
      exchange.enqueue(request, completion.after(recorder::attempted));
    }

    @Override
    public void cancelAll(FailureKind reason) {
      exchange.cancelAll(reason);
    }

    @Override
    public void close() {
      exchange.close();
    }
  }

  private record NotedResults(ResultSink sink, Recorder recorder) implements ResultSink {
    @Override
    public void accept(FetchResult result) {
      recorder.ended(result);
      sink.accept(result);
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
