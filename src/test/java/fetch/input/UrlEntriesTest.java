package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.http.url.HttpUrlParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrlEntriesTest {
  private static UrlEntries entries(String... urls) {
    return new UrlEntries(List.of(urls).iterator(), new EntryParser(new HttpUrlParser()));
  }

  @Test
  void makesOneEntryOfEachUrl() {
    UrlEntries entries = entries("http://h/a", " http://h/b\n");
    Entry first = entries.next().getFirst();
    Entry second = entries.next().getFirst();

    assertThat(Lists.url(first)).isEqualTo("http://h/a");
    assertThat(Lists.url(second)).isEqualTo("http://h/b");
    assertThat(first.urlnum()).isZero();
    assertThat(second.urlnum()).isOne();
    assertThat(entries.next()).isEmpty();
  }

  @Test
  void makesABadLineOfWhatIsNoUrl() {
    UrlEntries entries = entries("", "ftp://h/");

    assertThat(Lists.fault(entries.next().getFirst())).endsWith("the URL is empty");
    assertThat(Lists.fault(entries.next().getFirst())).contains("ftp");
  }

  @Test
  void doesNotKnowHowManyAreLeft() {
    UrlEntries entries = entries("http://h/a");

    assertThat(entries.countable()).isFalse();
    assertThat(entries.skip()).isZero();
    entries.close();
    assertThat(entries.next()).hasSize(1);
  }
}
