package fetch.robots;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult.Failure;
import fetch.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What robots.txt has against where redirects lead. */
@Timeout(60)
class RobotsRedirectsTest {
  private static final String PRIVATE = "User-agent: *\nDisallow: /private/\n";

  private final Robots robots = new Robots(new RobotsReader("fetch/1"), Clock.system());
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile int status = 200;

  private static Target target(String host, String path) {
    String url = "http://" + host + path;
    return new Target(url, url, host, 80);
  }

  /** Answers with a robots.txt once the gate is open. */
  private Attempt exchange(FetchRequest request) {
    fetched.add(request.target().url());
    assertThat(request.robots()).isTrue();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return RobotsReaderTest.answered(status, PRIVATE);
  }

  private CompletableFuture<Optional<Failure>> ask(String host, String path) {
    return robots.objection(target(host, path), this::exchange);
  }

  private Optional<Failure> answer(String host, String path) throws Exception {
    return ask(host, path).get(10, TimeUnit.SECONDS);
  }

  @Test
  void isFetchedOnceForAllWhoAsk() throws Exception {
    List<CompletableFuture<Optional<Failure>>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(ask("a", "/private/" + i));
      answers.add(ask("b", "/public/" + i));
    }
    answers.getFirst().cancel(false);
    gate.countDown();
    for (int i = 2; i < 200; i += 2) {
      assertThat(answers.get(i).get(10, TimeUnit.SECONDS))
          .contains(new Failure(FailureKind.ROBOTS, "robots.txt disallows it"));
      assertThat(answers.get(i + 1).get(10, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(answer("a", "/public/")).isEmpty();
    assertThat(fetched).containsExactlyInAnyOrder("http://a/robots.txt", "http://b/robots.txt");
  }

  @Test
  void isNotFetchedWhenItIsKnown() throws Exception {
    Rules rules = robots.reader().read(RobotsReaderTest.answered(200, PRIVATE));
    Origin origin = Origin.of(target("a", "/"));
    robots.known().put(origin, rules, Clock.system().nanoTime());

    assertThat(answer("a", "/private/")).isPresent();
    assertThat(fetched).isEmpty();
  }

  @Test
  void isKnownToAllOnceItWasFetched() throws Exception {
    gate.countDown();
    assertThat(answer("a", "/public/")).isEmpty();
    assertThat(robots.known().of(Origin.of(target("a", "/")), Clock.system().nanoTime()))
        .isNotNull();
  }

  /** The entry is worth a retry, and that another request. */
  @Test
  void isAskedForAgainWhenItWasUnreachable() throws Exception {
    gate.countDown();
    status = 503;
    assertThat(answer("a", "/public/"))
        .contains(
            new Failure(
                FailureKind.ROBOTS_UNREACHABLE,
                "robots.txt is unreachable, which disallows all: the server answered 503"));
    status = 200;
    assertThat(answer("a", "/public/")).isEmpty();
    assertThat(fetched).hasSize(2);
  }
}
