package fetch.output;

import fetch.FetchResult;

/** Where results go. Safe for many threads. */
public interface ResultSink extends AutoCloseable {
  /** Takes a result; blocks while those who read are slower than the run. */
  void accept(FetchResult result);

  /** Hands on whatever is held back. Called once, after the last result. */
  @Override
  void close();
}
