package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.Sample;
import org.junit.jupiter.api.Test;

class StoppedEntriesTest {
  private final StoppedEntries unfinished = new StoppedEntries();

  @Test
  void takesAndCountsWhatTheRunStopped() {
    assertThat(unfinished.takes(Sample.failed(0, FailureKind.INTERRUPTED))).isTrue();
    assertThat(unfinished.takes(Sample.failed(1, FailureKind.INTERRUPTED))).isTrue();

    assertThat(unfinished.count()).isEqualTo(2);
  }

  @Test
  void leavesWhatEndedByItself() {
    assertThat(unfinished.takes(Sample.ok(0))).isFalse();
    assertThat(unfinished.takes(Sample.failed(1, FailureKind.TIMEOUT))).isFalse();

    assertThat(unfinished.count()).isZero();
  }
}
