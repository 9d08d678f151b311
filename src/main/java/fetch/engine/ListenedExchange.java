package fetch.engine;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.Exchange;
import fetch.warc.ExchangeRecorder;

/** Notifies a listener of each attempt. */
record ListenedExchange(Exchange exchange, RunListener listener) implements Exchange {
  @Override
  public Attempt execute(FetchRequest request) {
    listener.begins(request);
    Attempt attempt;
    try {
      attempt = exchange.execute(request);
    } catch (RuntimeException | Error bug) {
      listener.threw(request, bug);
      throw bug;
    }
    listener.attempted(request, attempt);
    return attempt;
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    listener.begins(request);
    exchange.enqueue(
        request,
        new Completion() {
          @Override
          public void attempted(Attempt attempt) {
            listener.attempted(request, attempt);
            completion.attempted(attempt);
          }

          @Override
          public void threw(Throwable bug) {
            listener.threw(request, bug);
            completion.threw(bug);
          }
        });
  }

  @Override
  public void cancelAll(FailureKind reason) {
    listener.cancelled(reason);
    exchange.cancelAll(reason);
  }

  @Override
  public Exchange with(ExchangeRecorder recorder) {
    return new ListenedExchange(exchange.with(recorder), listener);
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
  public void close() {
    exchange.close();
  }
}
