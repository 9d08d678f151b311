package fetch.http.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.http.FakeClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final int MOST_LOOKUPS = 8;
  private static final List<InetAddress> LOOPBACK = List.of(InetAddress.getLoopbackAddress());

  private final FakeClock clock = new FakeClock();
  private final GatedNames names = new GatedNames();
  private final Resolver resolver = new Resolver(names, MOST_LOOKUPS, clock);

  @AfterEach
  void close() {
    resolver.close();
  }

  /** A name service that answers as often as it is let. */
  private final class GatedNames implements NameService {
    private final Semaphore permits = new Semaphore(0);
    private final Semaphore entered = new Semaphore(0);
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile Duration slowness = Duration.ZERO;

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      lookups.incrementAndGet();
      mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      entered.release();
      try {
        permits.acquire();
      } catch (InterruptedException e) {
        throw new UnknownHostException("interrupted");
      } finally {
        underWay.decrementAndGet();
      }
      clock.turn(slowness);
      if (host.startsWith("bad")) {
        throw new UnknownHostException(host);
      }
      return LOOPBACK;
    }

    void awaitEntered(int many) throws InterruptedException {
      assertThat(entered.tryAcquire(many, 10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<InetAddress> get(CompletableFuture<List<InetAddress>> answer)
      throws Exception {
    return answer.get(10, TimeUnit.SECONDS);
  }

  private void assertUnknown(String host) {
    assertThatThrownBy(() -> get(resolver.resolve(host)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  @Test
  void looksANameUpOnceHoweverManyAsk() throws Exception {
    List<CompletableFuture<List<InetAddress>>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(resolver.resolve("a.example"));
    }
    names.permits.release();
    for (CompletableFuture<List<InetAddress>> answer : answers) {
      assertThat(get(answer)).isEqualTo(LOOPBACK);
    }
    assertThat(names.lookups).hasValue(1);
  }

  @Test
  void keepsAnAnswerForAMinute() throws Exception {
    names.permits.release(9);
    get(resolver.resolve("a.example"));
    clock.turn(Duration.ofSeconds(60));
    get(resolver.resolve("a.example"));
    assertThat(names.lookups).hasValue(1);

    clock.turn(Duration.ofMillis(1));
    get(resolver.resolve("a.example"));
    assertThat(names.lookups).hasValue(2);
  }

  @Test
  void keepsAFailureForASecond() {
    names.permits.release(9);
    assertUnknown("bad.example");
    clock.turn(Duration.ofSeconds(1));
    assertUnknown("bad.example");
    assertThat(names.lookups).hasValue(1);

    clock.turn(Duration.ofMillis(1));
    assertUnknown("bad.example");
    assertThat(names.lookups).hasValue(2);
  }

  @Test
  void keepsAFailureForASecondHoweverLongItTook() {
    names.slowness = Duration.ofSeconds(5);
    names.permits.release(9);
    assertUnknown("bad.example");
    assertUnknown("bad.example");
    assertThat(names.lookups).hasValue(1);
  }

  @Test
  void aLookUpThatTakesLongIsNotMadeTwice() throws Exception {
    CompletableFuture<List<InetAddress>> first = resolver.resolve("a.example");
    clock.turn(Duration.ofHours(1));
    CompletableFuture<List<InetAddress>> second = resolver.resolve("a.example");
    names.permits.release(9);
    assertThat(get(first)).isEqualTo(get(second));
    assertThat(names.lookups).hasValue(1);
  }

  @Test
  void whoGivesUpWaitingTakesNothingFromTheOthers() throws Exception {
    CompletableFuture<List<InetAddress>> impatient = resolver.resolve("a.example");
    CompletableFuture<List<InetAddress>> patient = resolver.resolve("a.example");
    impatient.cancel(false);
    assertThat(patient).isNotDone();
    names.permits.release();
    assertThat(get(patient)).isEqualTo(LOOPBACK);
  }

  @Test
  void oneNameThatHangsDoesNotHoldUpAnother() throws Exception {
    CompletableFuture<List<InetAddress>> slow = resolver.resolve("slow.example");
    names.awaitEntered(1);
    CompletableFuture<List<InetAddress>> other = resolver.resolve("b.example");
    names.awaitEntered(1);
    names.permits.release(2);
    assertThat(get(other)).isEqualTo(LOOPBACK);
    assertThat(get(slow)).isEqualTo(LOOPBACK);
  }

  @Test
  void hasABoundOnLookUpsUnderWay() throws Exception {
    List<CompletableFuture<List<InetAddress>>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(resolver.resolve("host-" + i + ".example"));
    }
    names.awaitEntered(MOST_LOOKUPS);
    names.permits.release(200);
    for (CompletableFuture<List<InetAddress>> answer : answers) {
      get(answer);
    }
    assertThat(names.lookups).hasValue(200);
    assertThat(names.mostUnderWay).hasValue(MOST_LOOKUPS);
  }

  /** Otherwise a list of dead names would go on being looked up long after all had timed out. */
  @Test
  void doesNotLookUpWhatNobodyWaitsForAnyMore() throws Exception {
    List<CompletableFuture<List<InetAddress>>> slow = new ArrayList<>();
    for (int i = 0; i < MOST_LOOKUPS; i++) {
      slow.add(resolver.resolve("slow-" + i + ".example"));
    }
    names.awaitEntered(MOST_LOOKUPS);
    CompletableFuture<List<InetAddress>> givenUp = resolver.resolve("a.example");
    CompletableFuture<List<InetAddress>> wanted = resolver.resolve("b.example");
    givenUp.cancel(false);
    names.permits.release(100);
    assertThat(get(wanted)).isEqualTo(LOOPBACK);
    assertThat(names.lookups).hasValue(MOST_LOOKUPS + 1);
    assertThat(slow).allMatch(answer -> !answer.isCancelled());

    assertThat(get(resolver.resolve("a.example"))).isEqualTo(LOOPBACK);
  }

  /** What comes too late because others came first tells nothing of the name. */
  @Test
  void tellsANameThatIsSlowFromOneThatCameLate() throws Exception {
    CompletableFuture<List<InetAddress>> slow = resolver.resolve("slow.example");
    names.awaitEntered(1);
    clock.turn(Duration.ofSeconds(1));
    assertThat(resolver.isKeptWaiting("slow.example")).isFalse();
    for (int i = 1; i < MOST_LOOKUPS; i++) {
      CompletableFuture<?> _ = resolver.resolve("slow-" + i + ".example");
    }
    names.awaitEntered(MOST_LOOKUPS - 1);
    CompletableFuture<List<InetAddress>> late = resolver.resolve("late.example");
    clock.turn(Duration.ofSeconds(9));
    assertThat(resolver.isKeptWaiting("late.example")).isTrue();

    names.permits.release();
    names.awaitEntered(1);
    clock.turn(Duration.ofSeconds(1));
    assertThat(resolver.isKeptWaiting("late.example")).isTrue();
    clock.turn(Duration.ofSeconds(8));
    assertThat(resolver.isKeptWaiting("late.example")).isFalse();
    assertThat(late).isNotDone();
    assertThat(resolver.isKeptWaiting("unknown.example")).isFalse();
    assertThat(slow).isNotCancelled();
  }

  @Test
  void keepsABoundedNumberOfNames() throws Exception {
    names.permits.release(100_000);
    for (int i = 0; i <= 10_000; i++) {
      get(resolver.resolve("host-" + i + ".example"));
    }
    int before = names.lookups.get();
    get(resolver.resolve("host-10000.example"));
    assertThat(names.lookups).hasValue(before);
    get(resolver.resolve("host-0.example"));
    assertThat(names.lookups).hasValue(before + 1);
  }
}
