package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Change;
import fetch.FailureKind;
import fetch.FetchResult;
import fetch.Representation;
import fetch.Sample;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionTest {
  private static List<Long> selectedBy(Selection... selections) {
    RecordingSink recorded = new RecordingSink();
    try (ResultSink sink = Selection.of(Set.of(selections), recorded)) {
      sink.accept(Sample.ok(0));
      sink.accept(Sample.failed(1, FailureKind.DNS));
      sink.accept(Sample.ok(2));
      for (Change change : Change.values()) {
        sink.accept(result(change));
      }
    }
    assertThat(recorded.closed()).isTrue();
    return recorded.urlnums();
  }

  /** A result whose position tells its change. */
  private static FetchResult result(Change change) {
    long urlnum = 10L + List.of(Change.values()).indexOf(change);
    FetchResult result =
        switch (change) {
          case NEW, SAME, CHANGED, RECOVERED -> Sample.ok(urlnum);
          case GONE, FAILED -> Sample.failed(urlnum, FailureKind.HTTP_STATUS);
        };
    return result.compared(change, Representation.NONE);
  }

  @Test
  void handsOnWhatIsWanted() {
    assertThat(selectedBy()).hasSize(3 + Change.values().length);
    assertThat(selectedBy(Selection.OK)).containsExactly(0L, 2L, 10L, 11L, 12L, 15L);
    assertThat(selectedBy(Selection.FAILED)).containsExactly(1L, 13L, 14L);
    assertThat(selectedBy(Selection.CHANGED)).containsExactly(12L);
    assertThat(selectedBy(Selection.GONE)).containsExactly(13L);
    assertThat(selectedBy(Selection.NEW, Selection.RECOVERED)).containsExactly(10L, 15L);
    assertThat(selectedBy(Selection.NEW, Selection.FAILED)).containsExactly(1L, 10L, 13L, 14L);
    assertThat(selectedBy(Selection.SAME)).containsExactly(11L);
  }

  @ParameterizedTest
  @EnumSource
  void hasAWordForEveryChange(Change change) {
    assertThat(Selection.valueOf(change.name())).hasToString(change.label());
  }
}
