package fetch.output;

import fetch.FetchResult;
import java.util.Locale;
import java.util.function.Predicate;

/** Which results are printed. */
public enum Selection {
  ALL(result -> true),
  OK(FetchResult::ok),
  FAILED(result -> !result.ok());

  private final Predicate<FetchResult> wanted;

  Selection(Predicate<FetchResult> wanted) {
    this.wanted = wanted;
  }

  /** Hands on to a sink what is wanted. */
  public ResultSink to(ResultSink sink) {
    return new ResultSink() {
      @Override
      public void accept(FetchResult result) {
        if (wanted.test(result)) {
          sink.accept(result);
        }
      }

      @Override
      public void close() {
        sink.close();
      }
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
