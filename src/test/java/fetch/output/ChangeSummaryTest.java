package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Change;
import fetch.Changes;
import fetch.Changes.Vanished;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeSummaryTest {
  private static final Map<Change, Long> COUNTS = Map.of(Change.NEW, 1L, Change.SAME, 2L);
  private static final String COUNTED = "1 new, 2 same, 0 changed, 0 gone, 0 failed, 0 recovered";

  private static String text(@Nullable Vanished vanished) {
    return ChangeSummary.text(new Changes(COUNTS, vanished));
  }

  private static String json(@Nullable Vanished vanished) {
    ByteBuilder out = new ByteBuilder(16);
    ChangeSummary.appendJson(new Changes(COUNTS, vanished), out);
    return out.toString();
  }

  @Test
  void countsEachSortOfChange() {
    assertThat(text(null)).isEqualTo(COUNTED);
    assertThat(json(null))
        .isEqualTo(
            ",\"changes\":{\"new\":1,\"same\":2,\"changed\":0,\"gone\":0,\"failed\":0,"
                + "\"recovered\":0},\"vanished\":null,\"some_vanished\":null");
  }

  @Test
  void namesWhatHasVanished() {
    Vanished all = new Vanished(2, List.of("http://h/1", "http://h/\t\"2"));
    Vanished some = new Vanished(3, List.of("http://h/1"));

    assertThat(text(all)).isEqualTo(COUNTED + "; 2 vanished: http://h/1, http://h/\\t\"2");
    assertThat(text(some)).isEqualTo(COUNTED + "; 3 vanished: http://h/1, …");
    assertThat(json(all))
        .endsWith("\"vanished\":2,\"some_vanished\":[\"http://h/1\",\"http://h/\\u0009\\\"2\"]");
  }

  @Test
  void saysWhenNothingHasVanished() {
    assertThat(text(new Vanished(0, List.of()))).isEqualTo(COUNTED + "; 0 vanished");
    assertThat(text(new Vanished(5, List.of()))).isEqualTo(COUNTED + "; 5 vanished");
    assertThat(json(new Vanished(0, List.of()))).endsWith("\"vanished\":0,\"some_vanished\":[]");
  }

  @Test
  void shortensLongNamesForPeopleOnly() {
    String fits = "x".repeat(100);
    Vanished vanished = new Vanished(2, List.of(fits, fits + "y"));

    assertThat(text(vanished)).endsWith("2 vanished: " + fits + ", " + fits + "…");
    assertThat(json(vanished)).contains("\"" + fits + "y\"");
  }
}
