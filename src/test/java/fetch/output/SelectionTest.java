package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FailureKind;
import fetch.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static List<Long> selectedBy(Selection selection) {
    RecordingSink recorded = new RecordingSink();
    try (ResultSink sink = selection.to(recorded)) {
      sink.accept(Sample.ok(0));
      sink.accept(Sample.failed(1, FailureKind.DNS));
      sink.accept(Sample.ok(2));
    }
    assertThat(recorded.closed()).isTrue();
    return recorded.urlnums();
  }

  @Test
  void handsOnWhatIsWanted() {
    assertThat(selectedBy(Selection.ALL)).containsExactly(0L, 1L, 2L);
    assertThat(selectedBy(Selection.OK)).containsExactly(0L, 2L);
    assertThat(selectedBy(Selection.FAILED)).containsExactly(1L);
  }
}
