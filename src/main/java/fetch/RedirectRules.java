package fetch;

import fetch.FetchResult.Failure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Says whether redirects may be followed. Safe for many threads. */
public interface RedirectRules {
  /**
   * Why a redirect may not be followed; nothing when it may. The future is the caller's own: to
   * give up waiting, cancel it.
   *
   * @param target where the redirect leads
   * @param exchange makes the attempt at what has to be fetched to know
   */
  CompletableFuture<Optional<Failure>> objection(
      Target target, Function<FetchRequest, Attempt> exchange);
}
