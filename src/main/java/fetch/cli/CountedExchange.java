package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.http.Exchange;
import fetch.metrics.Traffic;

/** Counts the attempts that are under way, and how long they take. */
final class CountedExchange implements Exchange {
  private final Exchange exchange;
  private final Traffic traffic;

  CountedExchange(Exchange exchange, Traffic traffic) {
    this.exchange = exchange;
    this.traffic = traffic;
  }

  @Override
  public Attempt execute(FetchRequest request) {
    traffic.begin();
    try {
      return counted(request, exchange.execute(request));
    } finally {
      traffic.end();
    }
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    traffic.begin();
    exchange.enqueue(
        request,
        new Completion() {
          @Override
          public void attempted(Attempt attempt) {
            traffic.end();
            completion.attempted(counted(request, attempt));
          }

          @Override
          public void threw(Throwable bug) {
            traffic.end();
            completion.threw(bug);
          }
        });
  }

  /** Measures this request only: the times of an attempt include the requests before it. */
  private Attempt counted(FetchRequest request, Attempt attempt) {
    Hop hop = request.hop();
    traffic.took(attempt.timings().total() - (hop == null ? 0 : hop.timings().total()));
    return attempt;
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
