package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderedSinkTest {
  private static final int MOST_HELD = 16 * 1024;

  private final RecordingSink recorded = new RecordingSink();
  private final OrderedSink sink = new OrderedSink(recorded);

  private void accept(long... urlnums) {
    LongStream.of(urlnums).mapToObj(Sample::ok).forEach(sink::accept);
  }

  @Test
  void handsResultsOnAtOnceWhenTheyComeInOrder() {
    accept(0, 1);
    assertThat(recorded.urlnums()).containsExactly(0L, 1L);
    accept(2);
    assertThat(recorded.urlnums()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void holdsBackWhatComesTooEarly() {
    accept(2, 1, 4);
    assertThat(recorded.urlnums()).isEmpty();
    accept(0);
    assertThat(recorded.urlnums()).containsExactly(0L, 1L, 2L);
    accept(3);
    assertThat(recorded.urlnums()).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void putsAnyOrderRight() {
    List<Long> urlnums = new ArrayList<>(LongStream.range(0, 5000).boxed().toList());
    Collections.shuffle(urlnums, new Random(1));

    urlnums.forEach(this::accept);

    assertThat(recorded.urlnums()).hasSize(5000).isSorted();
  }

  @Test
  void letsItsHorizonFollowWhatWasHandedOn() {
    assertThat(sink.horizon()).isEqualTo(MOST_HELD);
    accept(1, 2);
    assertThat(sink.horizon()).isEqualTo(MOST_HELD);
    accept(0);
    assertThat(sink.horizon()).isEqualTo(3 + MOST_HELD);
  }

  @Test
  void handsOnWhatIsLeftInOrderAtTheEndDespiteGaps() {
    accept(0, 7, 3, 5);

    sink.close();

    assertThat(recorded.urlnums()).containsExactly(0L, 3L, 5L, 7L);
    assertThat(recorded.closed()).isTrue();
  }
}
