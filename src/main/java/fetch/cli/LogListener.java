package fetch.cli;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.Outcome;
import fetch.Quantity;
import fetch.engine.RunListener;
import org.slf4j.Logger;

/** Logs each request: at level debug when it begins, and the cause when it fails. */
record LogListener(Logger log) implements RunListener {
  @Override
  public void begins(FetchRequest request) {
    log.debug("#{} begins: {}", request.urlnum(), request.requested());
  }

  @Override
  public void attempted(FetchRequest request, Attempt attempt) {
    switch (attempt.outcome()) {
      case Outcome.Responded _, Outcome.Unchanged _ ->
          log.debug(
              "#{} status {} over HTTP/{} from {}, {}, {}",
              request.urlnum(),
              attempt.outcome().status(),
              attempt.response().httpVersion(),
              attempt.peer().ip(),
              Quantity.of(attempt.requests().redirects(), "redirect"),
              Quantity.of(attempt.body().downloaded(), "byte"));
      case Outcome.Redirected(int status, Hop hop) ->
          log.debug("#{} status {}: redirected to {}", request.urlnum(), status, hop);
      case Outcome.Failed failed ->
          log.info(
              "#{} failed: {}: {}{}",
              request.urlnum(),
              attempt.requests().urlEffective(),
              Console.printable(failed.message()),
              failed.cause().isEmpty() ? "" : "; cause: " + Console.printable(failed.cause()));
    }
  }

  @Override
  public void cancelled(FailureKind reason) {
    log.info("all exchanges are cancelled: {}", reason.sentence());
  }
}
