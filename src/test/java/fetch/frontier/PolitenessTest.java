package fetch.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.ByHost;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits that several frontiers share. */
class PolitenessTest {
  private static Rate perSecond(long count) {
    return new Rate(count, Duration.ofSeconds(1));
  }

  private static final Politeness WHOLE =
      new Politeness(4, perSecond(90), perSecond(6), true)
          .withHosts(
              ByHost.of(
                  HostLimits.USUAL,
                  Map.of("*.slow.example", _ -> new HostLimits(2, perSecond(1), 0))));

  @Test
  void givesEachFrontierItsPartOfTheRateAndOfSharedHosts() {
    Politeness part = WHOLE.dividedBy(3, Map.of("big.example", 2, "a.slow.example", 2));

    assertThat(part.rate()).isEqualTo(new Rate(90, Duration.ofSeconds(3)));
    assertThat(part.of("big.example"))
        .isEqualTo(new HostLimits(2, new Rate(6, Duration.ofSeconds(2)), null));
    assertThat(part.of("a.slow.example"))
        .isEqualTo(new HostLimits(1, new Rate(1, Duration.ofSeconds(2)), 0));
  }

  @Test
  void leavesTheLimitsOfOtherHostsWhole() {
    Politeness part = WHOLE.dividedBy(3, Map.of("big.example", 2));

    assertThat(part.of("small.example")).isEqualTo(WHOLE.of("small.example"));
    assertThat(part.of("a.slow.example")).isEqualTo(WHOLE.of("a.slow.example"));
    assertThat(Politeness.NONE.dividedBy(3, Map.of("big.example", 2)).rate()).isNull();
  }

  @Test
  void letsEachFrontierMakeOneRequestAtLeast() {
    assertThat(WHOLE.dividedBy(8, Map.of("big.example", 8)).of("big.example").perHost())
        .isEqualTo(1);
  }
}
