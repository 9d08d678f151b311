package fetch.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorsTest {
  @ParameterizedTest
  @CsvSource({"64, 20", "256, 30", "1024, 25", "10240, 25", "1048576, 500"})
  void leaveSomeForAllElse(int limit, int open) {
    Descriptors descriptors = Descriptors.of(limit, open);

    int rest = limit - open - descriptors.sockets() - descriptors.lookups();
    assertThat(rest).isBetween(36, 44);
    assertThat(descriptors.limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 32, 64, 256, 1024, 65_536, Integer.MAX_VALUE})
  void giveMostToSocketsAndAtLeastOneToEachUse(int limit) {
    Descriptors descriptors = Descriptors.of(limit, 24);

    assertThat(descriptors.lookups()).isBetween(1, 64);
    assertThat(descriptors.sockets()).isGreaterThan(descriptors.lookups());
  }

  @Test
  void areSharedBetweenSocketsAndLookUps() {
    assertThat(Descriptors.of(124, 24)).isEqualTo(new Descriptors(124, 56, 8));
    assertThat(Descriptors.of(10_044, 24)).isEqualTo(new Descriptors(10_044, 9920, 64));
  }

  @Test
  void areNeverNegativeWhenMoreAreOpenThanThereMayBe() {
    assertThat(Descriptors.of(64, 1000)).isEqualTo(new Descriptors(64, 3, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 8, 22, 870, 900_000})
  void keepSomeSocketsForSecondAddresses(int sockets) {
    int spare = sockets - new Descriptors(1024, sockets, 1).workers();

    assertThat(spare).isBetween(1, 1 + sockets / 8);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void areThoseOfThisProcess() {
    Descriptors descriptors = Descriptors.ofThisProcess();

    assertThat(descriptors.limit()).isPositive();
    assertThat(descriptors.sockets()).isLessThan(descriptors.limit());
  }
}
