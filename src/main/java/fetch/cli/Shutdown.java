package fetch.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Why a run ends before all is done. The first reason counts, and from then on the run has a short
 * time to end in good order: then the program is left, whatever still blocks. Takes no locks, so
 * that a second signal gets through at any moment. Safe for many threads.
 */
final class Shutdown {
  /** The reasons. */
  sealed interface Reason {
    int exitCode();

    /** How long the run may take to end in good order. */
    default Duration grace(Duration usual) {
      return usual;
    }

    /** A signal came. */
    record Signalled(int number) implements Reason {
      @Override
      public int exitCode() {
        return ExitCode.ofSignal(number);
      }
    }

    /** The time for the run is up. */
    record DeadlineReached() implements Reason {
      private static final Duration GRACE = Duration.ofMillis(600);

      @Override
      public int exitCode() {
        return ExitCode.DEADLINE;
      }

      @Override
      public Duration grace(Duration usual) {
        return GRACE;
      }
    }

    /** Whoever read the results has gone. */
    record OutputClosed() implements Reason {
      @Override
      public int exitCode() {
        return ExitCode.CLOSED_OUTPUT;
      }
    }

    /** The results cannot be written. */
    record OutputFailed(String message) implements Reason {
      @Override
      public int exitCode() {
        return ExitCode.IO;
      }
    }

    /** Something was thrown that should not have been. */
    record Bug(Throwable thrown) implements Reason {
      @Override
      public int exitCode() {
        return ExitCode.BUG;
      }
    }
  }

  private static final long FAREWELL_MILLIS = 200;

  private final Duration grace;
  private final IntConsumer leave;
  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Runnable hold = () -> {};
  private volatile Runnable stop = () -> {};
  private volatile Runnable farewell = () -> {};

  /**
   * @param grace how long the run may take to end
   * @param leave leaves the program with an exit code when that time is over
   */
  Shutdown(Duration grace, IntConsumer leave) {
    this.grace = grace;
    this.leave = leave;
  }

  /**
   * Says how the run is kept from beginning more, at once if it is ending already. It is told so by
   * each who finds a reason to end, and takes no time.
   */
  void holdBy(Runnable how) {
    hold = how;
    if (reason() != null) {
      how.run();
    }
  }

  /** Says how the run is stopped, which may be told twice; at once if it is ending already. */
  void stopBy(Runnable how) {
    stop = how;
    if (reason() != null) {
      how.run();
    }
  }

  /** Says what is still to be done before the program is left with the run unfinished. */
  void lastlyDo(Runnable what) {
    farewell = what;
  }

  /** Ends the run; false when it was ending already. */
  boolean because(Reason why) {
    boolean first = reason.compareAndSet(null, why);
    hold.run();
    if (!first) {
      return false;
    }
    Thread.ofPlatform().daemon().name("last-resort").start(() -> leaveInTime(why));
    stop.run();
    return true;
  }

  /**
   * Ends the run because results, bodies or an archive can no longer be written. Returns false if
   * the run was ending already; then the caller has to report the message.
   */
  boolean outputFailed(String message) {
    return because(new Reason.OutputFailed(message));
  }

  /** Ends the run after some time, unless it is over by then. */
  void after(Duration time, Reason why) {
    Thread.ofPlatform()
        .daemon()
        .name("deadline")
        .start(() -> {
          try {
            if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
              because(why);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void leaveInTime(Reason why) {
    try {
      if (!over.await(why.grace(grace).toNanos(), TimeUnit.NANOSECONDS)) {
        Thread.ofPlatform().daemon().name("farewell").start(farewell).join(FAREWELL_MILLIS);
        leave.accept(why.exitCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the run has ended. */
  void over() {
    over.countDown();
  }

  /** The reason, null when there is none. */
  @Nullable Reason reason() {
    return reason.get();
  }
}
