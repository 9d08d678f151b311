package fetch.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  private static List<Integer> sample(int size, int of) {
    Reservoir<Integer> reservoir = new Reservoir<>(size);
    IntStream.range(0, of).forEach(reservoir::offer);
    return reservoir.kept();
  }

  @Test
  void keepsAsManyAsAskedForInTheirOrder() {
    assertThat(sample(100, 10_000)).hasSize(100).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void keepsAllWhereThereAreFewer() {
    assertThat(sample(5, 3)).containsExactly(0, 1, 2);
    assertThat(sample(5, 0)).isEmpty();
  }

  @Test
  void keepsTheSameEachTime() {
    assertThat(sample(20, 1000)).isEqualTo(sample(20, 1000));
  }

  @Test
  void takesFromEverywhere() {
    List<Integer> sample = sample(1000, 10_000);

    for (int tenth = 0; tenth < 10; tenth++) {
      int from = tenth * 1000;
      assertThat(sample.stream().filter(n -> n >= from && n < from + 1000).count())
          .as("of those from " + from)
          .isBetween(60L, 140L);
    }
  }
}
