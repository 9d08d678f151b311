package fetch.robots;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult.Failure;
import fetch.RedirectRules;
import fetch.Target;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What this robot knows of what it may do, and how it learns of the origins that only redirects
 * lead to: these are asked as soon as somebody needs it, once for all who do. Safe for many
 * threads.
 */
public final class Robots implements RedirectRules {
  private final RobotsReader reader;
  private final Clock clock;
  private final KnownRules known = new KnownRules();
  private final Map<Origin, CompletableFuture<Rules>> asked = new ConcurrentHashMap<>();

  public Robots(RobotsReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  public RobotsReader reader() {
    return reader;
  }

  /** The rules of all origins, however they came to be known. */
  public KnownRules known() {
    return known;
  }

  @Override
  public CompletableFuture<Optional<Failure>> objection(
      Target target, Function<FetchRequest, Attempt> exchange) {
    Origin origin = Origin.of(target);
    Rules rules = known.of(origin, clock.nanoTime());
    if (rules != null) {
      return CompletableFuture.completedFuture(objection(rules, target, FailureKind.ROBOTS));
    }
    return asked
        .computeIfAbsent(origin, _ -> ask(origin, exchange))
        .thenApply(learnt -> objection(learnt, target, FailureKind.ROBOTS_UNREACHABLE));
  }

  private static Optional<Failure> objection(
      Rules rules, Target target, FailureKind whenUnreachable) {
    String refusal = rules.refusal(target);
    FailureKind kind = rules.areUnreachable() ? whenUnreachable : FailureKind.ROBOTS;
    return refusal == null ? Optional.empty() : Optional.of(new Failure(kind, refusal));
  }

  private CompletableFuture<Rules> ask(Origin origin, Function<FetchRequest, Attempt> exchange) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Rules rules = known.of(origin, clock.nanoTime());
            return rules == null ? fetch(origin, exchange) : rules;
          } finally {
            asked.remove(origin);
          }
        },
        task -> Thread.ofVirtual().name("robots.txt").start(task));
  }

  /**
   * What is unreachable is not remembered: no retry stands behind this attempt, but the entry that
   * needs it is retried.
   */
  private Rules fetch(Origin origin, Function<FetchRequest, Attempt> exchange) {
    Target robotsTxt = origin.robotsTxt();
    Rules rules =
        reader.read(exchange.apply(new FetchRequest(0, robotsTxt.url(), robotsTxt, true)));
    if (!rules.areUnreachable()) {
      known.put(origin, rules, clock.nanoTime());
    }
    return rules;
  }
}
