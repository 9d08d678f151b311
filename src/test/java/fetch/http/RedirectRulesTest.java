package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult.Failure;
import fetch.Outcome;
import fetch.RedirectRules;
import fetch.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redirects that may not be followed, or of which that is not known yet. */
@Timeout(60)
class RedirectRulesTest {
  private final ListedRules rules = new ListedRules();
  private RawServer server;

  /** Objects to what is private, and says nothing of what is slow. */
  private static final class ListedRules implements RedirectRules {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Optional<Failure>> objection(
        Target target, Function<FetchRequest, Attempt> exchange) {
      asked.add(target.url().substring(target.url().lastIndexOf('/')));
      if (target.url().endsWith("/slow")) {
        return new CompletableFuture<>();
      }
      return CompletableFuture.completedFuture(
          target.url().endsWith("/private")
              ? Optional.of(new Failure(FailureKind.ROBOTS, "it is private"))
              : Optional.empty());
    }
  }

  /** Each URL leads to the last part of its path, unless that is all. */
  @BeforeEach
  void start() throws IOException {
    server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            String path = head.split(" ", 3)[1];
            int next = path.indexOf('/', 1);
            connection.send(
                next < 0
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                    : "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                        + path.substring(next)
                        + "\r\n\r\n");
          }
        });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Exchanges obeying() {
    return Exchanges.byDefault().obeying(rules);
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void areAskedBeforeEachRedirect(Exchanges.Way way) {
    try (OkHttpExchange exchange = obeying().build()) {
      Attempt attempt = way.start(exchange, request(server.url("/private/a/b"))).join();
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Answered(200));
      assertThat(rules.asked).containsExactly("/b", "/b");
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void endTheAttemptBeforeTheRequestThatTheyObjectTo(Exchanges.Way way) {
    try (OkHttpExchange exchange = obeying().build()) {
      Attempt attempt = way.start(exchange, request(server.url("/a/private"))).join();
      Outcome.Failed failure = failed(attempt);
      assertThat(failure.kind()).isEqualTo(FailureKind.ROBOTS);
      assertThat(failure.message())
          .isEqualTo("redirected to a URL that may not be fetched: it is private");
      assertThat(failure.status()).isZero();
      assertThat(attempt.urlEffective()).isEqualTo(server.url("/private"));
      assertThat(attempt.numRedirects()).isEqualTo(1);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void areWaitedForNoLongerThanTheAttemptMayTake(Exchanges.Way way) {
    try (OkHttpExchange exchange = obeying().maxTime(Duration.ofMillis(700)).build()) {
      Attempt attempt = way.start(exchange, request(server.url("/a/slow"))).join();
      Outcome.Failed failure = failed(attempt);
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.message())
          .isEqualTo("no robots.txt for where it was redirected to within 0.7s");
      assertThat(attempt.timings().total())
          .isBetween(Duration.ofMillis(700).toNanos(), Duration.ofSeconds(5).toNanos());
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void areNotWaitedForWhenTheRunEnds(Exchanges.Way way) throws Exception {
    try (OkHttpExchange exchange = obeying().build()) {
      CompletableFuture<Attempt> attempt = way.start(exchange, request(server.url("/a/slow")));
      Eventually.holds("the rules are asked", () -> rules.asked.contains("/slow"));
      exchange.cancelAll(FailureKind.DEADLINE);
      assertThat(failed(attempt.get(5, TimeUnit.SECONDS)).kind()).isEqualTo(FailureKind.DEADLINE);
    }
  }
}
