package fetch.cli;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import sun.misc.Signal;

/**
 * The signals that ask a program to end. One that was ignored when the program began, as {@code
 * nohup} arranges it, stays ignored: the Java runtime sees to that.
 */
final class Signals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /**
   * Handles signals from now on.
   *
   * @param first told the number of the first signal; true if it takes it in hand
   * @param again told the number of any further one
   */
  static void handle(IntPredicate first, IntConsumer again) {
    for (String name : NAMES) {
      handle(name, first, again);
    }
  }

  private static void handle(String name, IntPredicate first, IntConsumer again) {
    try {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (!first.test(signal.getNumber())) {
              again.accept(signal.getNumber());
            }
          });
    } catch (IllegalArgumentException e) {
      // This system has no such signal, or the user has asked the runtime to leave signals alone.
    }
  }
}
