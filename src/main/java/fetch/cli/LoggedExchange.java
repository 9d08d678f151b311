package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.Outcome;
import fetch.http.Exchange;
import org.slf4j.Logger;

/** Logs each attempt: at level debug when it begins, and the cause when it fails. */
final class LoggedExchange implements Exchange {
  private final Exchange exchange;
  private final Logger log;

  LoggedExchange(Exchange exchange, Logger log) {
    this.exchange = exchange;
    this.log = log;
  }

  @Override
  public Attempt execute(FetchRequest request) {
    begin(request);
    return end(request, exchange.execute(request));
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    begin(request);
    exchange.enqueue(request, completion.after(attempt -> end(request, attempt)));
  }

  private void begin(FetchRequest request) {
    log.debug("#{} begins: {}", request.urlnum(), request.requested());
  }

  private Attempt end(FetchRequest request, Attempt attempt) {
    switch (attempt.outcome()) {
      case Outcome.Answered _, Outcome.Unchanged _ ->
          log.debug(
              "#{} answered {} over HTTP/{} from {}, {} redirects, {} bytes",
              request.urlnum(),
              attempt.outcome().status(),
              attempt.response().httpVersion(),
              attempt.peer().ip(),
              attempt.requests().redirects(),
              attempt.body().downloaded());
      case Outcome.Redirected(int status, Hop hop) ->
          log.debug("#{} answered {}: redirected to {}", request.urlnum(), status, hop);
      case Outcome.Failed failed ->
          log.info(
              "#{} failed: {}: {}{}",
              request.urlnum(),
              attempt.requests().urlEffective(),
              Console.printable(failed.message()),
              failed.cause().isEmpty() ? "" : "; cause: " + Console.printable(failed.cause()));
    }
    return attempt;
  }

  @Override
  public void cancelAll(FailureKind reason) {
    log.info("all exchanges are cancelled: {}", reason.sentence());
    exchange.cancelAll(reason);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
