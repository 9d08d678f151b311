package fetch.output;

import fetch.Change;
import fetch.FetchResult;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Selects which results are printed. */
public enum Selection {
  OK(FetchResult::ok),
  FAILED(result -> !result.ok()),
  NEW(result -> result.change() == Change.NEW),
  SAME(result -> result.change() == Change.SAME),
  CHANGED(result -> result.change() == Change.CHANGED),
  GONE(result -> result.change() == Change.GONE),
  RECOVERED(result -> result.change() == Change.RECOVERED);

  private final Predicate<FetchResult> wanted;

  Selection(Predicate<FetchResult> wanted) {
    this.wanted = wanted;
  }

  /** Whether it compares with an earlier run. */
  public boolean needsEarlierRun() {
    return this != OK && this != FAILED;
  }

  /**
   * Passes the selected results to a sink.
   *
   * @param selections empty for all results
   */
  public static ResultSink of(Set<Selection> selections, ResultSink sink) {
    return selections.isEmpty() ? sink : new Selected(selections, sink);
  }

  private record Selected(Set<Selection> selections, ResultSink sink) implements ResultSink {
    @Override
    public void accept(FetchResult result) {
      if (selections.stream().anyMatch(selection -> selection.wanted.test(result))) {
        sink.accept(result);
      }
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
