package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Limit;
import fetch.Percentiles;
import fetch.Tally;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DelaysTest {
  private static final long SECOND = 1_000_000_000;

  private static String text(double lookupShare, long elapsedNanos) {
    return new Delays(lookupShare, Map.of()).text(tally(elapsedNanos));
  }

  private static String text(Limit limit, long nanos, long elapsedNanos) {
    return new Delays(0, Map.of(limit, nanos)).text(tally(elapsedNanos));
  }

  private static Tally tally(long elapsedNanos) {
    return new Tally(1, 1, Map.of(), 0, 0, elapsedNanos, new Percentiles(0, 0, 0));
  }

  @Test
  void tellOfLookUpsFromHalfOfASecondsRunOn() {
    assertThat(text(0.5, SECOND))
        .isEqualTo("\nworkers waited for name look-ups 50% of the time; see --dns-servers");
    assertThat(text(0.49, SECOND)).isEmpty();
    assertThat(text(0.5, SECOND - 1)).isEmpty();
  }

  @Test
  void tellOfALimitFromOneSecondOn() {
    assertThat(text(Limit.RATE, SECOND, 2 * SECOND))
        .isEqualTo("\ntime that limits held hosts back: --rate 1.0s");
    assertThat(text(Limit.RATE, SECOND - 1, 2 * SECOND)).isEmpty();
  }

  @Test
  void tellOfALimitFromATenthOfTheRunOn() {
    assertThat(text(Limit.RATE, 5 * SECOND, 50 * SECOND))
        .isEqualTo("\ntime that limits held hosts back: --rate 5.0s");
    assertThat(text(Limit.RATE, 5 * SECOND - 1, 50 * SECOND)).isEmpty();
  }
}
