package fetch.compare;

import static fetch.compare.Measurements.POOL_16;
import static fetch.compare.Measurements.POOL_4;
import static fetch.compare.Measurements.SERIAL;
import static fetch.compare.Measurements.VIRTUAL_16;
import static fetch.compare.Measurements.VIRTUAL_4;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.report.Latencies;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningsTest {
  private static final Map<Integer, Long> NO_ANSWERS = Map.of();

  @Test
  void areNoneWhereAllIsWell() {
    assertThat(
            new Measurements()
                .took(SERIAL, 20, 20.3, 20.1)
                .took(POOL_4, 5.1, 5.2, 5.4)
                .took(POOL_16, 1.4, 1.5, 1.6)
                .warnings())
        .isEmpty();
  }

  @Test
  void nameTheSettingsWhoseRunsAreFarApart() {
    assertThat(
            new Measurements()
                .took(SERIAL, 20, 20.3, 20.1)
                .took(POOL_4, 5.0, 6.1, 5.1)
                .took(POOL_16, 1.4, 2.8, 1.5)
                .warnings())
        .containsExactly(
            "the runs of pool 4, pool 16 are more than 20% apart, most of all those of pool 16,"
                + " 1.40 to 2.80 s: take a quieter machine or network, or more --runs");
  }

  @Test
  void nameOneSettingOnce() {
    assertThat(new Measurements().took(POOL_4, 5, 6.5).took(POOL_16, 2, 2.1).warnings())
        .containsExactly(
            "the runs of pool 4 are more than 20% apart, 5.00 to 6.50 s: take a quieter machine or"
                + " network, or more --runs");
  }

  @Test
  void nameNoMoreThanThree() {
    assertThat(
            new Measurements()
                .took(SERIAL, 20, 30)
                .took(POOL_4, 5, 9)
                .took(POOL_16, 5, 9)
                .took(VIRTUAL_4, 5, 9)
                .took(VIRTUAL_16, 5, 9)
                .warnings())
        .singleElement()
        .asString()
        .startsWith("the runs of serial, pool 4, pool 16 and 2 more are more than 20% apart, ");
  }

  @Test
  void sayThatSettingsDidNotDoTheSameWork() {
    assertThat(
            new Measurements()
                .took(SERIAL, 20)
                .took(POOL_16, Measurements.failing(12, NO_ANSWERS), 1.4)
                .took(POOL_4, Measurements.failing(3, NO_ANSWERS), 5)
                .warnings())
        .containsExactly(
            "not all settings did the same work: of 100 URLs, 12 failed with pool 16 and 0 with"
                + " serial");
  }

  @Test
  void acceptFailuresThatAllSettingsShare() {
    assertThat(
            new Measurements()
                .took(POOL_4, Measurements.failing(3, NO_ANSWERS), 5)
                .took(POOL_16, Measurements.failing(3, NO_ANSWERS), 2)
                .warnings())
        .isEmpty();
  }

  @Test
  void sayWhoWasThrottled() {
    assertThat(
            new Measurements()
                .took(POOL_4, 5)
                .took(POOL_16, Measurements.failing(0, Map.of(200, 100L, 429, 7L)), 2, 2.1)
                .warnings())
        .containsExactly(
            "servers responded with 429 (too many requests) 14 times, to pool 16: the times"
                + " show their limit; stay below it with --per-host-rate, or give them time"
                + " with --pause");
  }

  @Test
  void nameTheOneUrlThatAllWaitFor() {
    Figures slow = Measurements.slowedBy("http://127.0.0.1/slow", 1.3);

    assertThat(
            new Measurements()
                .took(SERIAL, slow, 20)
                .took(POOL_4, slow, 5)
                .took(POOL_16, slow, 1.5)
                .warnings())
        .containsExactly(
            "one slow URL bounds the time with any setting: http://127.0.0.1/slow took"
                + " 1.30 of the 1.50 s of pool 16");
  }

  @Test
  void acceptASlowUrlThatOthersGoAlongWith() {
    assertThat(
            new Measurements()
                .took(POOL_16, Measurements.slowedBy("http://127.0.0.1/", 0.7), 1.5)
                .warnings())
        .isEmpty();
  }

  @Test
  void sayThatRunsAreTooShort() {
    assertThat(new Measurements().took(SERIAL, 2).took(POOL_4, 0.4).warnings())
        .containsExactly(
            "pool 4 ran for less than 0.5 s, most of which is the start of Java: take a longer"
                + " list");
  }

  @Test
  void sayThatOpenFilesWereTooFew() {
    Figures cut =
        new Figures(900, 100, 100, Map.of(), null, new Latencies(), Measurements.figures().usage());
    Setting many = new Setting(POOL_4.strategy(), 5000);

    assertThat(new Measurements().took(POOL_4, 5).took(many, cut, 4).warnings())
        .containsExactly(
            "the limit of open files left room for 900 workers only, with pool 5000;"
                + " see ulimit -n");
  }

  @Test
  void hideNoRunThatFailed() {
    assertThat(
            new Measurements()
                .took(POOL_4, 5, 5)
                .failed(POOL_4, "out of memory")
                .failed(POOL_16, "a bug")
                .warnings())
        .containsExactly(
            "pool 4 failed in 1 of 3 runs: out of memory", "pool 16 failed in 1 of 1 run: a bug");
  }
}
