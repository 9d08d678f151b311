package fetch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTableTest {
  private static long hash(long n) {
    long mixed = n * 0x9E3779B97F4A7C15L;
    return (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
  }

  @Test
  void keepsTheLastValueOfEachHash() {
    OutcomeTable table = new OutcomeTable();
    for (int n = 0; n < 200_000; n++) {
      table.put(hash(n), n);
    }
    for (int n = 0; n < 200_000; n += 2) {
      table.put(hash(n), n + 1);
    }

    for (int n = 0; n < 200_000; n++) {
      assertThat(table.get(hash(n))).isEqualTo(n % 2 == 0 ? n + 1 : n);
    }
    assertThat(table.get(hash(200_000))).isEqualTo(OutcomeTable.ABSENT);
  }

  @Test
  void takesTheHashZeroAsAnyOther() {
    OutcomeTable table = new OutcomeTable();

    assertThat(table.get(0)).isEqualTo(OutcomeTable.ABSENT);
    table.put(0, 7);
    assertThat(table.get(0)).isEqualTo(7);
  }
}
