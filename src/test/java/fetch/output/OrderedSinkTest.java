package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderedSinkTest {
  private static final int MOST_EXPECTED = 16 * 1024;

  private final RecordingSink recorded = new RecordingSink();
  private final OrderedSink sink = new OrderedSink(recorded);

  @BeforeEach
  void expectMany() {
    sink.expect(Sample.requests(0, 5000));
  }

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
  void letsNothingBeginThatMightMakeItHoldTooMany() {
    sink.expect(Sample.requests(5000, MOST_EXPECTED - 5000));
    assertThat(sink.horizon()).isEqualTo(Long.MAX_VALUE);
    sink.expect(Sample.requests(MOST_EXPECTED, 2));
    assertThat(sink.horizon()).isEqualTo(MOST_EXPECTED);
    accept(1, 2);
    assertThat(sink.horizon()).isEqualTo(MOST_EXPECTED);
    accept(0);
    assertThat(sink.horizon()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void boundsWhatRunsAheadByItsWindow() {
    OrderedSink small = new OrderedSink(recorded, true, 4);
    small.expect(Sample.requests(0, 10));
    assertThat(small.horizon()).isEqualTo(4);
    LongStream.of(3, 2, 1).mapToObj(Sample::ok).forEach(small::accept);
    assertThat(small.horizon()).isEqualTo(4);
    small.accept(Sample.ok(0));
    assertThat(small.horizon()).isEqualTo(8);
    small.accept(Sample.ok(4));
    assertThat(small.horizon()).isEqualTo(9);
    LongStream.range(5, 10).mapToObj(Sample::ok).forEach(small::accept);
    assertThat(recorded.urlnums()).hasSize(10).isSorted();
    assertThat(small.horizon()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void waitsForNoPositionThatIsNotInThePart() {
    OrderedSink part = new OrderedSink(recorded);
    part.expect(List.of(Sample.request(3), Sample.badLine(7), Sample.request(20_000)));

    part.accept(Sample.ok(7));
    part.accept(Sample.ok(3));
    part.accept(Sample.ok(20_000));

    assertThat(recorded.urlnums()).containsExactly(3L, 7L, 20_000L);
    assertThat(part.horizon()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void handsOnWhatIsLeftInOrderAtTheEndDespiteGaps() {
    accept(0, 7, 3, 5);

    sink.close();

    assertThat(recorded.urlnums()).containsExactly(0L, 3L, 5L, 7L);
    assertThat(recorded.closed()).isTrue();
  }
}
