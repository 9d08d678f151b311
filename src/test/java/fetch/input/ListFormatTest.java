package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of lists before they are read. */
class ListFormatTest {
  private static final Source PIPE = new Source.StandardInput(InputStream.nullInputStream());
  private static final Source URL = new Source.BareUrl("http://h/");

  @TempDir private Path folder;

  private static ListFormat format(InputFormat format, String template) {
    UrlTemplate parsed = template == null ? null : UrlTemplate.parse(template);
    return new ListFormat(format, null, true, false, null, parsed, ListFetcher.NONE);
  }

  private Source file(String name, String text) throws IOException {
    return new Source.ListFile(Files.writeString(folder.resolve(name), text));
  }

  private static Source named(String name) {
    return new Source.ListFile(Path.of(name));
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, CSV",
    "A.CSV.GZ, CSV",
    "a.tsv, TSV",
    "a.tab, TSV",
    "a.xml.gz, SITEMAP",
    "a.jsonl, JSONL",
    "a.ndjson, JSONL",
    "a.txt, LINES",
    "csv, LINES"
  })
  void tellsTheFormatByTheName(String name, InputFormat format) {
    assertThat(ListFormat.BY_NAME.of(named(name))).isEqualTo(format);
    assertThat(ListFormat.BY_NAME.of(new Source.RemoteList("http://h/" + name, true)))
        .isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a.csv?x=y, CSV",
    "http://h/a.csv#x, CSV",
    "http://h/a?x=.csv, LINES",
    "http://h/a#.csv, LINES"
  })
  void tellsTheFormatOfAUrlByItsPath(String url, InputFormat format) {
    assertThat(ListFormat.BY_NAME.of(new Source.RemoteList(url, true))).isEqualTo(format);
  }

  @Test
  void readsWhatAnIndexNamesAsSitemap() {
    ListFormat lines = format(InputFormat.LINES, null);

    assertThat(lines.of(new Source.RemoteList("http://h/a.csv", false)))
        .isEqualTo(InputFormat.SITEMAP);
    assertThat(lines.of(new Source.RemoteList("http://h/a.csv", true)))
        .isEqualTo(InputFormat.LINES);
  }

  @Test
  void readsUrlsOfTheCommandLineAsThemselves() {
    assertThat(format(InputFormat.CSV, null).of(URL)).isEqualTo(InputFormat.LINES);
    assertThat(format(InputFormat.CSV, null).of(PIPE)).isEqualTo(InputFormat.CSV);
  }

  @Test
  void countsWhatIsNearAndNamesNoOtherLists() throws IOException {
    assertThat(ListFormat.BY_NAME.countable(file("a.txt", ""))).isTrue();
    assertThat(ListFormat.BY_NAME.countable(file("a.xml", ""))).isFalse();
    assertThat(ListFormat.BY_NAME.countable(PIPE)).isFalse();
    assertThat(ListFormat.BY_NAME.namesLists(named("a.xml"))).isTrue();
    assertThat(ListFormat.BY_NAME.namesLists(named("a.txt"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = InputFormat.class,
      names = {"CSV", "TSV", "JSONL", "SITEMAP", "LINKS"})
  void saysWhichListsAreStructured(InputFormat format) {
    assertThat(format(format, null).anyStructured(List.of(URL, PIPE))).isTrue();
    assertThat(format(format, null).anyStructured(List.of(URL))).isFalse();
  }

  @Test
  void linesHaveStructureWithATemplateOnly() {
    assertThat(format(InputFormat.LINES, null).anyStructured(List.of(PIPE))).isFalse();
    assertThat(format(InputFormat.LINES, "http://h/{line}").anyStructured(List.of(PIPE))).isTrue();
    assertThat(format(InputFormat.LINES, "http://h/{line}").anyStructured(List.of(URL))).isFalse();
  }

  @Test
  void onlyJsonLinesHaveOptionsOfEntries() {
    ListFormat without =
        new ListFormat(InputFormat.JSONL, null, false, false, null, null, ListFetcher.NONE);

    assertThat(format(InputFormat.JSONL, null).hasEntryOptions(List.of(URL, PIPE))).isTrue();
    assertThat(format(InputFormat.CSV, null).hasEntryOptions(List.of(PIPE))).isFalse();
    assertThat(without.hasEntryOptions(List.of(PIPE))).isFalse();
  }

  @Test
  void knowsTheColumnsOfTables() throws IOException {
    Source first = file("a.csv", "url,b,c\nhttp://h/,1,2\n");
    Source second = file("b.tsv", "c\turl\td\n1\thttp://h/\t2\n");

    assertThat(ListFormat.BY_NAME.columns(List.of(first, second, URL)))
        .containsExactly("b", "c", "d");
    assertThat(ListFormat.BY_NAME.columns(List.of(first, named("missing.csv"))))
        .as("a file that cannot be counted")
        .isNull();
    assertThat(format(InputFormat.CSV, null).columns(List.of(PIPE))).isNull();
    assertThat(ListFormat.BY_NAME.columns(List.of(file("a.jsonl", "{}")))).isNull();
  }

  @Test
  void knowsTheColumnsOfOtherLists() {
    assertThat(ListFormat.BY_NAME.columns(List.of(named("a.xml"))))
        .containsExactly("lastmod", "changefreq", "priority");
    assertThat(format(InputFormat.LINKS, null).columns(List.of(PIPE)))
        .containsExactlyElementsOf(LinkList.META);
    assertThat(format(InputFormat.LINES, "http://h/{line}").columns(List.of(PIPE, URL)))
        .containsExactly("line");
    assertThat(format(InputFormat.LINES, "http://h/{line}").columns(List.of(URL))).isEmpty();
    assertThat(format(InputFormat.LINES, null).columns(List.of(PIPE))).isEmpty();
  }

  @Test
  void saysWhereATemplateDoesNotFit() throws IOException {
    String template = "http://h/{id}";
    Source table = file("a.csv", "url,b\nhttp://h/,1\n");

    assertThat(format(InputFormat.LINES, template).templateFault(PIPE))
        .isEqualTo("--url-template: a list of lines has {line}, but no {id}");
    assertThat(format(InputFormat.SITEMAP, template).templateFault(PIPE))
        .isEqualTo("--url-template does not work with sitemaps");
    assertThat(format(InputFormat.LINKS, template).templateFault(PIPE))
        .isEqualTo("--url-template does not work with -i links");
    assertThat(format(InputFormat.AUTO, template).templateFault(table)).contains("id");
  }

  @Test
  void findsNoFaultWhereATemplateFitsOrMayFit() throws IOException {
    String template = "http://h/{id}";

    assertThat(format(InputFormat.LINES, "http://h/{line}").templateFault(PIPE)).isNull();
    assertThat(format(InputFormat.LINES, null).templateFault(PIPE)).isNull();
    assertThat(format(InputFormat.LINES, template).templateFault(URL)).isNull();
    assertThat(format(InputFormat.CSV, template).templateFault(PIPE)).isNull();
    assertThat(format(InputFormat.JSONL, template).templateFault(PIPE)).isNull();
    assertThat(format(InputFormat.AUTO, template).templateFault(file("a.csv", "id,b\n1,2\n")))
        .isNull();
    assertThat(format(InputFormat.CSV, template).templateFault(new Source.RemoteList("x", true)))
        .as("a list that is not here")
        .isNull();
  }

  @Test
  void closesWhatCannotBeOpened() {
    AtomicBoolean closed = new AtomicBoolean();
    byte[] noGzip = {0x1f, (byte) 0x8b, 0};
    InputStream bytes =
        new ByteArrayInputStream(noGzip) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    EntryReader reader = new Lists(InputFormat.SITEMAP).reader(new Source.StandardInput(bytes));

    assertThat(reader.next()).isEmpty();
    assertThat(closed).isTrue();
  }
}
