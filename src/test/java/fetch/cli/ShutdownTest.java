package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.Shutdown.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();

  private Integer awaitExit() throws InterruptedException {
    return exits.poll(30, TimeUnit.SECONDS);
  }

  @Test
  void goesByTheFirstReason() {
    Shutdown shutdown = new Shutdown(LONG, exits::add);

    assertThat(shutdown.reason()).isNull();
    assertThat(shutdown.endBecause(new Reason.OutputClosed())).isTrue();
    assertThat(shutdown.endBecause(new Reason.Signalled(2))).isFalse();
    assertThat(shutdown.reason()).isEqualTo(new Reason.OutputClosed());
    shutdown.ended();
  }

  @Test
  void stopsTheRunOnce() {
    AtomicInteger stops = new AtomicInteger();
    Shutdown shutdown = new Shutdown(LONG, exits::add);
    shutdown.onStop(stops::incrementAndGet);

    assertThat(shutdown.endBecause(new Reason.Signalled(2))).isTrue();
    assertThat(shutdown.endBecause(new Reason.Signalled(2))).isFalse();
    assertThat(stops).hasValue(1);
    shutdown.ended();
  }

  @Test
  void stopsARunThatBeginsTooLate() {
    AtomicInteger stops = new AtomicInteger();
    Shutdown shutdown = new Shutdown(LONG, exits::add);
    shutdown.endBecause(new Reason.Signalled(15));

    shutdown.onStop(stops::incrementAndGet);

    assertThat(stops).hasValue(1);
    shutdown.ended();
  }

  @Test
  void leavesWhenTheRunDoesNotEndInTime() throws InterruptedException {
    List<String> said = new ArrayList<>();
    Shutdown shutdown = new Shutdown(Duration.ofMillis(1), exits::add);
    shutdown.beforeExit(() -> said.add("farewell"));

    shutdown.endBecause(new Reason.Signalled(15));

    assertThat(awaitExit()).isEqualTo(143);
    assertThat(said).containsExactly("farewell");
  }

  @Test
  void leavesThoughTheFarewellBlocks() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Shutdown shutdown = new Shutdown(Duration.ofMillis(1), exits::add);
    shutdown.beforeExit(() -> awaitUninterruptibly(never));

    shutdown.endBecause(new Reason.OutputFailed("full"));

    assertThat(awaitExit()).isEqualTo(ExitCode.IO);
    never.countDown();
  }

  @Test
  void letsASecondReasonThroughWhileTheFirstIsSeenTo() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Shutdown shutdown = new Shutdown(LONG, exits::add);
    shutdown.onStop(() -> {
      entered.countDown();
      awaitUninterruptibly(never);
    });
    Thread first = Thread.ofVirtual().start(() -> shutdown.endBecause(new Reason.Signalled(2)));
    entered.await();

    assertThat(shutdown.endBecause(new Reason.Signalled(2))).isFalse();

    never.countDown();
    first.join();
    shutdown.ended();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
