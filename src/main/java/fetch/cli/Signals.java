package fetch.cli;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import sun.misc.Signal;

/** The signals that ask a program to end. */
final class Signals {
  private static final List<String> NAMES = List.of("INT", "TERM");

  private Signals() {}

  /**
   * Handles signals from now on.
   *
   * @param first told the number of the first signal; true if it takes it in hand
   * @param again told the number of any further one
   */
  static void handle(IntPredicate first, IntConsumer again) {
    for (String name : NAMES) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (!first.test(signal.getNumber())) {
              again.accept(signal.getNumber());
            }
          });
    }
  }
}
