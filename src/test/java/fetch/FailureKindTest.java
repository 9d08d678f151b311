package fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureKindTest {
  @Test
  void isFoundByItsLabelAndExitCode() {
    assertThat(FailureKind.find("timeout", 28)).isEqualTo(FailureKind.TIMEOUT);
    assertThat(FailureKind.find("timeout", -1)).isEqualTo(FailureKind.TIMEOUT);
    assertThat(FailureKind.find("no such label", 28)).isNull();
  }

  /** The others with the same label and exit code are rarer, and would give a wrong reason. */
  @Test
  void isTheFirstOfThoseWithTheSameLabelAndExitCode() {
    assertThat(FailureKind.find("connect", 7)).isEqualTo(FailureKind.CONNECT);
    assertThat(FailureKind.find("dns", 6)).isEqualTo(FailureKind.DNS);
  }
}
