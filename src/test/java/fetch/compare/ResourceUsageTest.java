package fetch.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResourceUsageTest {
  private static final String STAT =
      "77 (a (b) c) S 1 77 77 0 -1 4194560 9 8 7 6 152 34 5 4 20 0 12 0 99 1 2 3";

  @Test
  void isReadFromTheFilesOfLinux() {
    ResourceUsage usage =
        ResourceUsage.of(STAT, "VmPeak:\t 9000 kB\nVmHWM:\t    68000 kB\nVmRSS:\t 5 kB\n");

    assertThat(usage).isEqualTo(new ResourceUsage(1.52, 0.34, 68_000 * 1024.0));
  }

  @Test
  void mayLackTheMemory() {
    assertThat(ResourceUsage.of(STAT, "").peakMemory()).isNaN();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void isKnownOfThisProcess() {
    ResourceUsage usage = ResourceUsage.ofThisProcess();

    assertThat(usage.user()).isPositive();
    assertThat(usage.system()).isNotNegative();
    assertThat(usage.peakMemory()).isGreaterThan(10e6);
  }

  @Test
  void isThePlainProcessorTimeElsewhere() {
    ResourceUsage usage = ResourceUsage.elsewhere();

    assertThat(usage.user()).isPositive();
    assertThat(usage.system()).isNaN();
    assertThat(usage.peakMemory()).isNaN();
  }
}
