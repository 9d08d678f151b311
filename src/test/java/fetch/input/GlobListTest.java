package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlobListTest {
  private final Lists lists =
      new Lists(new ListFormat(InputFormat.LINES, null, true, true, null, null, ListFetcher.NONE));

  @Test
  void givesEachUrlOfALineAPosition() {
    List<Entry> entries = lists.read("# {\na.example/{1,2}\n\nb.example/[7-8]\nc.example");

    assertThat(entries)
        .extracting(entry -> entry.urlnum() + " " + entry.input())
        .containsExactly(
            "0 a.example/1", "1 a.example/2", "2 b.example/7", "3 b.example/8", "4 c.example");
  }

  @Test
  void namesLineAndColumnOfABadPatternAndReadsOn() {
    List<Entry> entries = lists.read("a.example/[1-2]\nb.example/[2-1]\nc.example/{1}");

    assertThat(entries).hasSize(4);
    assertThat(Lists.fault(entries.get(2)))
        .startsWith("line 2 of standard input: --glob: column 11: not a range");
    assertThat(entries.get(2).input()).isEqualTo("b.example/[2-1]");
    assertThat(Lists.url(entries.get(3))).isEqualTo("https://c.example/1");
  }

  @Test
  void countsWhatLooksLikeACommentOrIsEmpty() {
    assertThat(lists.read("{#a,,b.example}")).hasSize(3);
  }

  @Test
  void countsHugePatternsAtOnce() {
    EntryReader reader =
        lists.reader(
            new Source.BareUrl("http://a.example/[1-1000000000000]"),
            new Source.BareUrl("http://a.example/[1-10]"));

    assertThat(reader.next()).hasSize(256);
    long skipped = 0;
    for (long more = reader.skip(); more > 0; more = reader.skip()) {
      skipped += more;
    }
    assertThat(skipped).isEqualTo(1_000_000_000_000L + 10 - 256);
  }
}
