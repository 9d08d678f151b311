package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.Ending.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();

  private Integer awaitExit() throws InterruptedException {
    return exits.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void goesByTheFirstReason() {
    Ending ending = new Ending(LONG, exits::add);

    assertThat(ending.reason()).isNull();
    assertThat(ending.because(new Reason.OutputClosed())).isTrue();
    assertThat(ending.because(new Reason.Signalled(2))).isFalse();
    assertThat(ending.reason()).isEqualTo(new Reason.OutputClosed());
    ending.over();
  }

  @Test
  void stopsTheRunOnce() {
    AtomicInteger stops = new AtomicInteger();
    Ending ending = new Ending(LONG, exits::add);
    ending.stopBy(stops::incrementAndGet);

    assertThat(ending.because(new Reason.Signalled(2))).isTrue();
    assertThat(ending.because(new Reason.Signalled(2))).isFalse();
    assertThat(stops).hasValue(1);
    ending.over();
  }

  @Test
  void stopsARunThatBeginsTooLate() {
    AtomicInteger stops = new AtomicInteger();
    Ending ending = new Ending(LONG, exits::add);
    ending.because(new Reason.Signalled(15));

    ending.stopBy(stops::incrementAndGet);

    assertThat(stops).hasValue(1);
    ending.over();
  }

  @Test
  void leavesWhenTheRunDoesNotEndInTime() throws InterruptedException {
    List<String> said = new ArrayList<>();
    Ending ending = new Ending(Duration.ofMillis(1), exits::add);
    ending.lastlyDo(() -> said.add("farewell"));

    ending.because(new Reason.Signalled(15));

    assertThat(awaitExit()).isEqualTo(143);
    assertThat(said).containsExactly("farewell");
  }

  @Test
  void leavesThoughTheFarewellBlocks() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Ending ending = new Ending(Duration.ofMillis(1), exits::add);
    ending.lastlyDo(() -> awaitUninterruptibly(never));

    ending.because(new Reason.OutputFailed("full"));

    assertThat(awaitExit()).isEqualTo(ExitCode.IO);
    never.countDown();
  }

  @Test
  void letsASecondReasonThroughWhileTheFirstIsSeenTo() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Ending ending = new Ending(LONG, exits::add);
    ending.stopBy(() -> {
      entered.countDown();
      awaitUninterruptibly(never);
    });
    Thread first = Thread.ofVirtual().start(() -> ending.because(new Reason.Signalled(2)));
    entered.await();

    assertThat(ending.because(new Reason.Signalled(2))).isFalse();

    never.countDown();
    first.join();
    ending.over();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
