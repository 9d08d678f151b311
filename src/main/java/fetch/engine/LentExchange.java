package fetch.engine;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.Exchange;
import fetch.warc.ExchangeRecorder;

/** An exchange shared with others: this one neither cancels nor closes it. */
record LentExchange(Exchange exchange) implements Exchange {
  @Override
  public Attempt execute(FetchRequest request) {
    return exchange.execute(request);
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    exchange.enqueue(request, completion);
  }

  /** Leaves the attempts in flight running; each has a time limit. */
  @Override
  public void cancelAll(FailureKind reason) {}

  @Override
  public Exchange with(ExchangeRecorder recorder) {
    return new LentExchange(exchange.with(recorder));
  }

  @Override
  public long lookupNanos() {
    return exchange.lookupNanos();
  }

  @Override
  public long pacedNanos() {
    return exchange.pacedNanos();
  }

  @Override
  public void close() {}
}
