package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.Exchange;
import fetch.metrics.Traffic;
import java.util.function.Consumer;

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
      return counted(exchange.execute(request));
    } finally {
      traffic.end();
    }
  }

  @Override
  public void enqueue(FetchRequest request, Consumer<Attempt> whenDone) {
    traffic.begin();
    exchange.enqueue(
        request,
        attempt -> {
          traffic.end();
          whenDone.accept(counted(attempt));
        });
  }

  private Attempt counted(Attempt attempt) {
    traffic.took(attempt.timings().total());
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
