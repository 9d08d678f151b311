package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.connection.Descriptors;
import fetch.http.dns.NameService;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many names and a slow resolver, as exchanges meet them. */
@Timeout(60)
class LookupsTest {
  private static final int NAMES = 10_000;
  private static final int WIDTH = 50;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static Exchanges over(NameService names, int width) {
    return Exchanges.byDefault().names(names).descriptors(new Descriptors(10_000, 1000, width));
  }

  private static String url(int number) {
    return "http://host-" + number + ".example/";
  }

  /** Answers no look-up until so many are under way, and then all of them. */
  private static NameService inRanks(int width, AtomicInteger lookups) {
    CyclicBarrier rank = new CyclicBarrier(width);
    return host -> {
      lookups.incrementAndGet();
      try {
        rank.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new UnknownHostException(host + ": fewer look-ups at once than there may be");
      }
      throw new UnknownHostException(host);
    };
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void tenThousandNamesAreLookedUpAtFullWidth(Exchanges.Way way) {
    AtomicInteger lookups = new AtomicInteger();
    Exchanges exchanges =
        over(inRanks(WIDTH, lookups), WIDTH)
            .workers(NAMES)
            .connectTimeout(Duration.ofSeconds(50))
            .maxTime(Duration.ofSeconds(50));
    try (OkHttpExchange exchange = exchanges.build()) {
      List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
      for (int i = 0; i < NAMES; i++) {
        attempts.add(way.start(exchange, request(url(i))));
      }
      for (int i = 0; i < NAMES; i++) {
        assertThat(failed(attempts.get(i).join()).message())
            .isEqualTo("host-" + i + ".example: no address");
      }
      assertThat(lookups).hasValue(NAMES);
    }
  }

  private static NameService hanging(CountDownLatch begun, CountDownLatch end) {
    return host -> {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new UnknownHostException(host);
    };
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void theRestGoesOnWhileAThousandWaitForNames(Exchanges.Way way) throws Exception {
    CountDownLatch begun = new CountDownLatch(WIDTH);
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer server = RawServer.answering(OK);
        OkHttpExchange exchange = over(hanging(begun, end), WIDTH).build()) {
      List<CompletableFuture<Attempt>> waiting = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        waiting.add(way.start(exchange, request(url(i))));
      }
      begun.await();
      Attempt attempt = way.start(exchange, request(server.url("/"))).get(10, TimeUnit.SECONDS);
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      end.countDown();
      for (CompletableFuture<Attempt> attempted : waiting) {
        assertThat(failed(attempted.join()).kind()).isEqualTo(FailureKind.DNS);
      }
    }
  }

  /** That nobody came to ask about a name says nothing about it. */
  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void eachWaitsForNoLongerThanItMayAndTellsWhatFor(Exchanges.Way way) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Exchanges exchanges = over(hanging(begun, end), 1).connectTimeout(Duration.ofMillis(400));
    try (OkHttpExchange exchange = exchanges.build()) {
      CompletableFuture<Attempt> first = way.start(exchange, request(url(1)));
      begun.await();
      CompletableFuture<Attempt> second = way.start(exchange, request(url(2)));

      assertThat(failed(first.join()).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failed(first.join()).message()).isEqualTo("the name was not resolved within 0.4s");
      assertThat(failed(second.join()).kind()).isEqualTo(FailureKind.DNS_TEMPORARY);
      assertThat(failed(second.join()).message())
          .isEqualTo("too many other name look-ups were in progress within 0.4s");
      assertThat(second.join().timings().total())
          .isBetween(Duration.ofMillis(390).toNanos(), Duration.ofSeconds(5).toNanos());
      end.countDown();
    }
  }

  @Test
  void aNameThatWasGivenUpIsLookedUpWhenItIsAskedForAgain() throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Exchanges exchanges = over(hanging(begun, end), 1).connectTimeout(Duration.ofMillis(200));
    try (OkHttpExchange exchange = exchanges.build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(failed(exchange.execute(request(url(1)))).kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failed(exchange.execute(request(url(2)))).kind())
            .isEqualTo(FailureKind.DNS_TEMPORARY);
      }
      end.countDown();
      Eventually.holds(
          "both names are looked up",
          () ->
              failed(exchange.execute(request(url(1)))).kind() == FailureKind.DNS
                  && failed(exchange.execute(request(url(2)))).kind() == FailureKind.DNS);
    }
  }

  /** A failure would be answered from there for ten seconds. */
  @Test
  void javaHasNoMemoryOfItsOwn() throws IOException {
    NameService.uncached().lookup("localhost");
    assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
  }
}
