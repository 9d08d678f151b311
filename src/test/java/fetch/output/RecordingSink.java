package fetch.output;

import fetch.Eventually;
import fetch.FetchResult;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is given. */
public final class RecordingSink implements ResultSink {
  private final List<FetchResult> results = new ArrayList<>();
  private boolean closed;

  @Override
  public synchronized void accept(FetchResult result) {
    results.add(result);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  public synchronized List<FetchResult> results() {
    return List.copyOf(results);
  }

  public synchronized List<Long> urlnums() {
    return results.stream().map(result -> result.entry().urlnum()).toList();
  }

  public synchronized boolean closed() {
    return closed;
  }

  /** Waits until there are so many results. */
  public void awaitResults(int count) {
    Eventually.holds(count + " results", () -> results().size() >= count);
  }
}
