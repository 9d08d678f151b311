package fetch.output;

import fetch.FetchResult;

/** Receives results. Safe for many threads. */
public interface ResultSink extends AutoCloseable {
  /** Takes a result; blocks while the receiver is slower than the run. */
  void accept(FetchResult result);

  /** Passes on results that are held back. Called once, after the last result. */
  @Override
  void close();
}
