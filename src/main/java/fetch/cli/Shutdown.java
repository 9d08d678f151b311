package fetch.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run early. Only the first reason counts. From then on the run has a short time to end
 * cleanly; after that the program exits, whatever still blocks. Takes no locks, so a second signal
 * works at any moment. Safe for many threads.
 */
final class Shutdown {
  /** The reasons. */
  sealed interface Reason {
    int exitCode();

    /** How long the run may take to end cleanly. */
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

    /** The deadline of the run was reached. */
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

    /** The reader of the results closed the pipe. */
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

    /** An unexpected exception was thrown. */
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
   * @param leave exits the program with a code when that time is over
   */
  Shutdown(Duration grace, IntConsumer leave) {
    this.grace = grace;
    this.leave = leave;
  }

  /**
   * Sets the action that stops new requests; runs it at once if the run is ending already. It must
   * be quick, as every reason to end runs it.
   */
  void onHold(Runnable how) {
    hold = how;
    if (reason() != null) {
      how.run();
    }
  }

  /**
   * Sets the action that stops the run, which may run twice; runs it at once if the run is ending
   * already.
   */
  void onStop(Runnable how) {
    stop = how;
    if (reason() != null) {
      how.run();
    }
  }

  /** Sets the last action before the program exits with the run unfinished. */
  void beforeExit(Runnable what) {
    farewell = what;
  }

  /** Ends the run; false if it was ending already. */
  boolean endBecause(Reason why) {
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
   * the run was ending already; the caller must then report the message.
   */
  boolean outputFailed(String message) {
    return endBecause(new Reason.OutputFailed(message));
  }

  /** Ends the run after this time, unless it has ended. */
  void endAfter(Duration time, Reason why) {
    Thread.ofPlatform()
        .daemon()
        .name("deadline")
        .start(() -> {
          try {
            if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
              endBecause(why);
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

  /** Called when the run has ended. */
  void ended() {
    over.countDown();
  }

  /** Why the run stops; null while it goes on. */
  @Nullable Reason reason() {
    return reason.get();
  }
}
