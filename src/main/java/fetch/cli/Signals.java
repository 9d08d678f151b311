package fetch.cli;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import sun.misc.Signal;

/**
 * Handles signals that end a program or request its progress. A signal that was ignored at the
 * start, as by {@code nohup}, stays ignored: the Java runtime ensures that.
 */
final class Signals {
  private static final List<String> TO_END = List.of("INT", "TERM", "HUP");

  /** JVMs use SIGQUIT and SIGUSR2 themselves. */
  private static final String TO_REPORT = "USR1";

  /** The number of SIGHUP, on every system that has it. */
  static final int HANG_UP = 1;

  private Signals() {}

  /**
   * Installs the handlers.
   *
   * @param first called with the number of each signal; returns true if it handles it
   * @param again called with the number of a signal that is not handled
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

  /** Reports progress on each such signal. */
  static void report(Runnable report) {
    handle(TO_REPORT, _ -> report.run());
  }

  private static void handle(String name, IntConsumer action) {
    try {
      Signal.handle(new Signal(name), signal -> action.accept(signal.getNumber()));
    } catch (IllegalArgumentException e) {
      // The system has no such signal, or the JVM runs with -Xrs.
    }
  }
}
