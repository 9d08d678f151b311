package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** How far chance reaches in a window in which a request is served at a time. */
class LoadWindowTest {
  private static final int REQUESTS = 1600;
  private static final double MILLI = 1e6;

  private static double chance(DoubleUnaryOperator times) {
    LoadWindow window = new LoadWindow();
    long now = Long.MAX_VALUE - (long) (REQUESTS * MILLI / 2); // as System.nanoTime, it overflows
    window.change(now, 1, 0);
    for (int i = 0; i < REQUESTS; i++) {
      long nanos = (long) times.applyAsDouble(MILLI);
      now += nanos;
      window.add(LoadSign.SERVED, nanos, now);
    }
    return window.chance();
  }

  @Test
  void independentTimesLeaveTheRootOfTheirNumberToChance() {
    double expected = 1 / Math.sqrt(REQUESTS);
    assertThat(chance(SimulatedServer.exponential(1))).isCloseTo(expected, within(0.2 * expected));
  }

  @Test
  void timesThatVaryLittleLeaveLittleToChance() {
    assertThat(chance(SimulatedServer.varying(1))).isLessThan(0.4 / Math.sqrt(REQUESTS));
    assertThat(chance(seconds -> seconds)).isLessThan(0.1 / Math.sqrt(REQUESTS));
  }
}
