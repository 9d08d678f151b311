package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Entry;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that name other lists, lists that are only counted, and what is closed when. */
class SourcesTest {
  private static final String INDEX =
      "<sitemapindex><sitemap><loc>%s</loc></sitemap><sitemap><loc>%s</loc></sitemap></sitemapindex>";
  private static final String PAGES = "<urlset><url><loc>%s</loc></url></urlset>";

  private final Map<String, String> web = new LinkedHashMap<>();
  private final List<String> open = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Source.Opened fetch(String url, boolean named) throws IOException {
    String text = web.get(url);
    if (text == null) {
      throw new IOException("the server returned 404");
    }
    open.add(url);
    return Source.Opened.of(closing(text, () -> open.remove(url)));
  }

  private static InputStream closing(String text, Runnable whenClosed) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public void close() {
        whenClosed.run();
      }
    };
  }

  private EntryReader reader(long limit, Shard shard, Source... sources) {
    ListFormat format = ListFormat.BY_NAME.fetchedBy(this::fetch);
    EntryParser parser = new EntryParser(new HttpUrlParser());
    return new EntryReader(List.of(sources), format, parser, limit, shard, complaints::add)
        .noteEmptySources(notes::add);
  }

  private EntryReader reader(Source... sources) {
    return reader(Long.MAX_VALUE, Shard.WHOLE, sources);
  }

  private static List<String> inputs(EntryReader reader) {
    List<String> inputs = new ArrayList<>();
    for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      batch.forEach(entry -> inputs.add(entry.urlnum() + " " + entry.input()));
    }
    return inputs;
  }

  private static Source at(String url) {
    return new Source.RemoteList(url, true);
  }

  private static Source text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Source.StandardInput(new ByteArrayInputStream(bytes));
  }

  @Test
  void readsTheListsThatAnIndexNames() {
    web.put("http://h/i.xml", INDEX.formatted("http://h/a.xml", "http://h/b.xml"));
    web.put("http://h/a.xml", PAGES.formatted("http://h/1"));
    web.put("http://h/b.xml", PAGES.formatted("http://h/2"));

    assertThat(inputs(reader(at("http://h/i.xml"), text("http://h/3\n"))))
        .containsExactly("0 http://h/1", "1 http://h/2", "2 http://h/3");
    assertThat(open).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void goesOnAfterAListThatCannotBeFetched() {
    web.put("http://h/i.xml", INDEX.formatted("http://h/a.xml", "http://h/b.xml"));
    web.put("http://h/b.xml", PAGES.formatted("http://h/2"));

    assertThat(inputs(reader(at("http://h/i.xml")))).containsExactly("0 http://h/2");
    assertThat(complaints).containsExactly("http://h/a.xml: the server returned 404");
  }

  @Test
  void readsNoIndexWithinAnIndex() {
    web.put("http://h/i.xml", INDEX.formatted("http://h/i.xml", "http://h/b.xml"));
    web.put("http://h/b.xml", PAGES.formatted("http://h/2"));

    assertThat(inputs(reader(at("http://h/i.xml")))).containsExactly("0 http://h/2");
    assertThat(complaints)
        .hasSize(2)
        .allMatch(text -> text.endsWith("an index within an index is not read"));
  }

  @Test
  void closesAnIndexAndTheListItNames() {
    web.put("http://h/i.xml", INDEX.formatted("http://h/a.xml", "http://h/b.xml"));
    String more = "<url><loc>http://h/x</loc></url>".repeat(300);
    web.put("http://h/a.xml", "<urlset>" + more + "</urlset>");
    EntryReader reader = reader(at("http://h/i.xml"));
    reader.next();

    assertThat(open).containsExactly("http://h/i.xml", "http://h/a.xml");
    reader.close();
    assertThat(open).isEmpty();
  }

  @Test
  void countsNoIndexButPlainLists() {
    web.put("http://h/i.xml", INDEX.formatted("http://h/a.xml", "http://h/b.xml"));
    web.put("http://h/a.xml", PAGES.formatted("http://h/1"));
    EntryReader reader = reader(at("http://h/i.xml"));

    assertThat(reader.countable()).isFalse();
    reader.next();
    assertThat(reader.countable()).isFalse();
    assertThat(reader(at("http://h/list.txt")).countable()).isTrue();
  }

  @Test
  void notesSourcesWithoutEntries() {
    inputs(reader(text("# nothing\n\n"), text("http://h/1\n")));

    assertThat(notes).containsExactly("standard input has no entries");
  }

  @Test
  void skipsWhatIsLeftUpToTheLimit() {
    Source list = text("http://h/1\n# no entry\nhttp://h/2\nhttp://h/3\nhttp://h/4\n");
    EntryReader reader = reader(3, Shard.WHOLE, list);

    assertThat(reader.skip() + reader.skip()).isEqualTo(3);
    assertThat(reader.skip()).isZero();
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void skipsOnlyWhatIsOfThePart() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      text.append("http://host").append(i).append("/\n");
    }
    List<String> inputs = inputs(reader(Long.MAX_VALUE, new Shard(2, 3), text(text.toString())));
    EntryReader skipping = reader(Long.MAX_VALUE, new Shard(2, 3), text(text.toString()));
    long skipped = 0;
    for (long n = skipping.skip(); n > 0; n = skipping.skip()) {
      skipped += n;
    }

    assertThat(inputs).hasSizeBetween(20, 45);
    assertThat(skipped).isEqualTo(inputs.size());
  }

  @Test
  void readsOnOnlyToAPositionWhenItChecks() {
    EntryReader reader = reader(text("http://h/1\nhttp://h/2\n"));
    reader.check(1);

    assertThat(reader.next()).isEmpty();
  }
}
