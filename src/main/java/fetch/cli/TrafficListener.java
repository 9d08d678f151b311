package fetch.cli;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.engine.RunListener;
import fetch.metrics.AttemptMetrics;

/** Counts the requests in flight, and how long they take. */
record TrafficListener(AttemptMetrics traffic) implements RunListener {
  @Override
  public void begins(FetchRequest request) {
    traffic.begin();
  }

  /** Measures this request only: the times of an attempt include the requests before it. */
  @Override
  public void attempted(FetchRequest request, Attempt attempt) {
    Hop hop = request.hop();
    traffic.end();
    traffic.took(attempt.timings().total() - (hop == null ? 0 : hop.timings().total()));
  }

  @Override
  public void threw(FetchRequest request, Throwable bug) {
    traffic.end();
  }
}
