package fetch.http;

import fetch.Attempt;
import fetch.FetchRequest;
import fetch.FetchResult.Failure;
import fetch.RedirectRules;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one attempt whether it may follow a redirect, and waits for the answer no longer than
 * the attempt may. For one thread, but for {@link #cancel}.
 */
final class RedirectCheck {
  private final RedirectRules rules;
  private final Function<FetchRequest, Attempt> exchange;
  private volatile @Nullable CompletableFuture<Optional<Failure>> awaited;
  private volatile boolean cancelled;

  /**
   * @param exchange makes the attempts that the rules need
   */
  RedirectCheck(RedirectRules rules, Function<FetchRequest, Attempt> exchange) {
    this.rules = rules;
    this.exchange = exchange;
  }

  /** Returns if the URL may be requested, and fails if not, or if that is not known in time. */
  void check(HttpUrl url, long nanos) throws IOException {
    CompletableFuture<Optional<Failure>> answer =
        rules.objection(HttpUrlParser.targetOf(url), exchange);
    awaited = answer;
    if (cancelled) {
      answer.cancel(false);
    }
    Failure objection = await(answer, nanos).orElse(null);
    if (objection != null) {
      throw new FailedTransfer(
          objection.kind(), "redirected to a URL that may not be fetched: " + objection.message());
    }
  }

  private static Optional<Failure> await(CompletableFuture<Optional<Failure>> answer, long nanos)
      throws InterruptedIOException {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look at the rules for redirects failed", e);
    } catch (TimeoutException | CancellationException e) {
      throw new InterruptedIOException("given up waiting for the rules for redirects");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Gives up waiting. */
  void cancel() {
    cancelled = true;
    CompletableFuture<?> waiting = awaited;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }
}
