package fetch.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordedPositionsTest {
  private final RecordedPositions positions = new RecordedPositions();

  @Test
  void areThoseThatWereAddedAndNoOthers() {
    for (long urlnum : new long[] {0, 7, 1L << 31, RecordedPositions.GREATEST}) {
      assertThat(positions.add(urlnum, 0)).isTrue();
    }
    positions.pack();

    for (long urlnum : new long[] {0, 7, 1L << 31, RecordedPositions.GREATEST}) {
      assertThat(positions.has(urlnum)).isTrue();
      assertThat(positions.has(urlnum + 1)).isFalse();
    }
    assertThat(positions.has(1L << 32)).isFalse();
    assertThat(positions.count()).isEqualTo(4);
    assertThat(positions.last()).isEqualTo(RecordedPositions.GREATEST);
  }

  @Test
  void areAddedOnce() {
    assertThat(positions.add(5, 1)).isTrue();
    assertThat(positions.add(5, 1)).isFalse();
    assertThat(positions.count()).isEqualTo(1);
  }

  @Test
  void ascendUntilOneComesLate() {
    positions.add(1, 0);
    positions.add(4, 0);
    assertThat(positions.ascending()).isTrue();
    positions.add(3, 0);
    assertThat(positions.ascending()).isFalse();
  }

  @Test
  void haveTheSameSumWhateverTheirOrderAndAnotherWhenTwoAreExchanged() {
    RecordedPositions other = new RecordedPositions();
    RecordedPositions exchanged = new RecordedPositions();
    positions.add(1, 11);
    positions.add(2, 22);
    other.add(2, 22);
    other.add(1, 11);
    exchanged.add(1, 22);
    exchanged.add(2, 11);

    assertThat(other.sum(0)).isEqualTo(positions.sum(0));
    assertThat(exchanged.sum(0)).isNotEqualTo(positions.sum(0));
  }

  @Test
  void haveASumForEachBlock() {
    long[] urlnums = {0, 255, 256, 65_535, 65_536, 98_303, 98_304, 900_000};
    for (long urlnum : urlnums) {
      positions.add(urlnum, urlnum + 1);
    }

    assertThat(positions.sum(0))
        .isEqualTo(RecordedPositions.mix(0, 1) + RecordedPositions.mix(255, 256));
    for (long urlnum : Arrays.copyOfRange(urlnums, 2, urlnums.length)) {
      assertThat(positions.sum((int) (urlnum / 256)))
          .as("the sum of the block of %d", urlnum)
          .isEqualTo(RecordedPositions.mix(urlnum, urlnum + 1));
    }
  }
}
