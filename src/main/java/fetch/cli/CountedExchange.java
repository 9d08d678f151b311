package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.Exchange;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the attempts that are under way. */
final class CountedExchange implements Exchange {
  private final Exchange exchange;
  private final AtomicInteger inFlight;

  CountedExchange(Exchange exchange, AtomicInteger inFlight) {
    this.exchange = exchange;
    this.inFlight = inFlight;
  }

  @Override
  public Attempt execute(FetchRequest request) {
    inFlight.incrementAndGet();
    try {
      return exchange.execute(request);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public void enqueue(FetchRequest request, Consumer<Attempt> whenDone) {
    inFlight.incrementAndGet();
    exchange.enqueue(
        request,
        attempt -> {
          inFlight.decrementAndGet();
          whenDone.accept(attempt);
        });
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
