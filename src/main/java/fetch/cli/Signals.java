package fetch.cli;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import sun.misc.Signal;

/**
 * The signals that ask a program to end, or how far it is. One that was ignored when the program
 * began, as {@code nohup} arranges it, stays ignored: the Java runtime sees to that.
 */
final class Signals {
  private static final List<String> TO_END = List.of("INT", "TERM", "HUP");

  /** The JVM keeps SIGQUIT for its own report, and SIGUSR2. */
  private static final String TO_REPORT = "USR1";

  /** The number of SIGHUP, on every system that has it. */
  static final int HANG_UP = 1;

  private Signals() {}

  /**
   * Handles signals from now on.
   *
   * @param first told the number of each signal; true if it takes it in hand
   * @param again told the number of one that is not
   */
  static void handle(IntPredicate first, IntConsumer again) {
    for (String name : TO_END) {
      handle(
          name,
          number -> {
            if (!first.test(number)) {
              again.accept(number);
            }
          });
    }
  }

  /** Reports from now on when asked to. */
  static void report(Runnable report) {
    handle(TO_REPORT, _ -> report.run());
  }

  private static void handle(String name, IntConsumer action) {
    try {
      Signal.handle(new Signal(name), signal -> action.accept(signal.getNumber()));
    } catch (IllegalArgumentException e) {
      // This system has no such signal, or the user has asked the runtime to leave signals alone.
    }
  }
}
