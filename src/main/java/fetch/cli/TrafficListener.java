package fetch.cli;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.engine.RunListener;
import fetch.metrics.AttemptMetrics;

/** Counts the requests in flight, and measures their times. */
record TrafficListener(AttemptMetrics traffic) implements RunListener {
  @Override
  public void begins(FetchRequest request) {
    traffic.begin();
  }

  /** Measures this request only: the times of an attempt include its earlier requests. */
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
