package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.Meta;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitemapListTest {
  private static final String XMLNS = " xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'";

  private final Lists lists = new Lists(InputFormat.SITEMAP);

  private List<Entry> urlset(String elements) {
    return lists.read("<?xml version='1.0'?><urlset" + XMLNS + ">" + elements + "</urlset>");
  }

  @Test
  void readsUrlsWithWhatElseTheSitemapSays() {
    List<Entry> entries =
        urlset(
            """
            <url><loc> http://a.example/?x=1&amp;y=2 </loc><lastmod>2026-01-02</lastmod>
              <changefreq>daily</changefreq><priority>0.8</priority></url>
            <url><loc><![CDATA[http://b.example/]]></loc></url>
            """);

    assertThat(entries)
        .extracting(Entry::input)
        .containsExactly("http://a.example/?x=1&y=2", "http://b.example/");
    assertThat(entries.getFirst().meta())
        .isEqualTo(
            new Meta(
                List.of("lastmod", "changefreq", "priority"),
                List.of(text("2026-01-02"), text("daily"), text("0.8"))));
    assertThat(entries.getLast().meta()).isNull();
  }

  private static Meta.Value text(String text) {
    return new Meta.Value.Text(text);
  }

  @Test
  void leavesElementsOfOtherNamespacesOut() {
    List<Entry> entries =
        urlset(
            """
            <url xmlns:image='urn:i'><image:image><image:loc>http://i.example/</image:loc>
              </image:image><image:loc>http://j.example/</image:loc><loc>http://a.example/</loc></url>
            <image:url xmlns:image='urn:i'><loc>http://k.example/</loc></image:url>
            """);

    assertThat(entries).extracting(Entry::input).containsExactly("http://a.example/");
  }

  @Test
  void knowsPrefixedAndMissingNamespaces() {
    assertThat(
            lists.read(
                "<s:urlset"
                    + " xmlns:s='urn:x'><s:url><s:loc>http://a.example</s:loc></s:url></s:urlset>"))
        .hasSize(1);
    assertThat(lists.read("<urlset><url><loc>http://a.example</loc></url></urlset>")).hasSize(1);
  }

  @Test
  void namesTheLineOfAnElementWithoutAUrl() {
    List<Entry> entries = urlset("\n<url><lastmod>2026</lastmod></url><url><loc>a b</loc></url>");

    assertThat(((BadLine) entries.getFirst()).message()).contains("line 2 of ", "has no loc");
    assertThat(entries.getLast()).isInstanceOf(BadLine.class);
  }

  @Test
  void keepsTheEntriesBeforeBrokenXmlAndNamesTheLine() {
    List<Entry> entries =
        lists.read("<urlset><url><loc>http://a.example</loc></url>\n<url><loc>x</url></urlset>");

    assertThat(entries).hasSize(1);
    assertThat(lists.complaints()).singleElement().asString().contains("line 2: not valid XML");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<rss><channel/></rss>",
        "<html><body/></html>",
        "",
        "<urlset><url>",
      })
  void complainsOfWhatIsNoSitemap(String text) {
    assertThat(lists.read(text)).isEmpty();
    assertThat(lists.complaints()).hasSize(1);
  }

  @Test
  void readsNoExternalEntities() {
    String list =
        "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            + "<urlset><url><loc>http://a.example/&x;</loc></url></urlset>";

    assertThat(lists.read(list)).noneMatch(entry -> entry.input().contains("root"));
    assertThat(lists.complaints()).hasSize(1);
  }

  @Test
  void readsAsManyUrlsAsASitemapMayHave() {
    String url = "<url><loc>http://a.example/?a=1&amp;b=2</loc></url>\n";

    assertThat(urlset(url.repeat(50_000))).hasSize(50_000).allMatch(FetchRequest.class::isInstance);
  }

  @Test
  void boundsTheLengthOfAUrl() {
    List<Entry> entries = urlset("<url><loc>http://a/" + "x".repeat(3 << 20) + "</loc></url>");

    assertThat(entries).singleElement().isInstanceOf(BadLine.class);
    assertThat(entries.getFirst().input().length()).isLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "ISO-8859-1", "windows-1252", "UTF-8"})
  void readsTheEncodingThatTheXmlDeclares(String encoding) {
    String xml =
        "<?xml version='1.0' encoding='%s'?><urlset><url><loc>http://a.example/\u00e9</loc></url></urlset>"
            .formatted(encoding);

    assertThat(lists.read(new ByteArrayInputStream(xml.getBytes(Charset.forName(encoding)))))
        .extracting(Entry::input)
        .containsExactly("http://a.example/\u00e9");
  }

  @Test
  void readsASitemapInTextForm() {
    assertThat(lists.read("\ufeff\r\nhttp://a.example/1\r\nhttp://a.example/2"))
        .extracting(Entry::input)
        .containsExactly("http://a.example/1", "http://a.example/2");
  }

  @Test
  void skipsBlankLinesBeforeTheDeclaration() {
    List<Entry> entries =
        lists.read("\n \r\n<?xml version='1.0'?>\n<urlset><url><priority/></url></urlset>");

    assertThat(Lists.fault(entries.getFirst())).startsWith("line 4 of ");
    assertThat(lists.read("\ufeff<?xml version='1.0'?><urlset/>")).isEmpty();
    assertThat(lists.complaints()).isEmpty();
  }

  @Test
  void namesTheLineBelowBlankLines() {
    lists.read("\n\n<urlset>\n<url>");

    assertThat(lists.complaints()).singleElement().asString().contains("line 4: not valid XML");
  }

  @Test
  void ignoresADocumentTypeWithoutEntities() {
    String list =
        "<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:1/x.dtd'>"
            + "<urlset><url><loc>http://a.example/</loc></url></urlset>";

    assertThat(lists.read(list)).hasSize(1);
    assertThat(lists.complaints()).isEmpty();
  }

  @Test
  void expandsNoEntityInsideAnother() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE urlset [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 20; i++) {
      String before = ("&a" + (i - 1) + ";").repeat(10);
      laughs.append("<!ENTITY a").append(i).append(" '").append(before).append("'>");
    }

    assertThat(lists.read(laughs + "]><urlset><url><loc>&a19;</loc></url></urlset>")).isEmpty();
    assertThat(lists.complaints()).hasSize(1);
  }

  @Test
  void readsMoreThanTheProtocolAllows() {
    String url = "<url><loc>http://a.example/?a=1&amp;b=&#50;</loc><!-- c --></url>\n";

    assertThat(urlset(url.repeat(200_000)).size()).isEqualTo(200_000);
    assertThat(lists.complaints()).isEmpty();
  }

  private static String sitemaps(int count) {
    StringBuilder index = new StringBuilder("<sitemapindex>");
    for (int n = 0; n < count; n++) {
      index.append("<sitemap><loc>http://a.example/").append(n).append("</loc></sitemap>");
    }
    return index.append("</sitemapindex>").toString();
  }

  /** Reads an index; each sitemap that it names has this text. */
  private List<Entry> read(String index, String sitemap, List<String> complaints) {
    ListFetcher fetcher =
        (_, _) ->
            Source.Opened.of(new ByteArrayInputStream(sitemap.getBytes(StandardCharsets.UTF_8)));
    EntryReader reader =
        new EntryReader(
            List.of(
                new Source.StandardInput(
                    new ByteArrayInputStream(index.getBytes(StandardCharsets.UTF_8)))),
            new ListFormat(InputFormat.SITEMAP, null, true, false, null, null, fetcher),
            new EntryParser(new HttpUrlParser()),
            Long.MAX_VALUE,
            Shard.WHOLE,
            complaints::add);
    List<Entry> entries = new ArrayList<>();
    for (List<Entry> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
      entries.addAll(batch);
    }
    return entries;
  }

  @Test
  void readsFiftyThousandUrlsOfEachSitemapOfAnIndex() {
    String url = "<url><loc>http://a.example/</loc></url>";
    List<String> complaints = new ArrayList<>();

    assertThat(read(sitemaps(2), "<urlset>" + url.repeat(50_000) + "</urlset>", complaints))
        .hasSize(100_000);
    assertThat(complaints).isEmpty();
    assertThat(read(sitemaps(2), "<urlset>" + url.repeat(50_001) + "</urlset>", complaints))
        .hasSize(100_000);
    assertThat(complaints).hasSize(2).allMatch(text -> text.contains(": more than 50,000 URLs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<urlset><!--%s--><url><loc>http://a.example/</loc></url>",
        "%s\nhttp://a.example/"
      })
  void readsFiftyMebibytesOfEachSitemapOfAnIndex(String form) {
    List<String> complaints = new ArrayList<>();

    assertThat(read(sitemaps(1), form.formatted(" #".repeat(25 << 20)), complaints)).isEmpty();
    assertThat(complaints).singleElement().asString().contains("more than 50 MiB");
  }

  @Test
  void readsFiftyThousandSitemapsOfAnIndex() {
    List<String> complaints = new ArrayList<>();

    assertThat(read(sitemaps(50_001), "http://b.example/\n", complaints)).hasSize(50_000);
    assertThat(complaints).singleElement().asString().contains(": more than 50,000 sitemaps");
  }

  @Test
  void handsOnManyEntriesAtOnceOfAFile(@TempDir Path directory) throws IOException {
    String url = "<url><loc>http://a.example/</loc></url>";
    Path file =
        Files.writeString(directory.resolve("x.xml"), "<urlset>" + url.repeat(1000) + "</urlset>");

    assertThat(lists.reader(new Source.ListFile(file)).next()).hasSizeGreaterThan(100);
  }

  @Test
  void isAlsoChosenByTheExtension() {
    assertThat(InputFormat.byName(new Source.ListFile(Path.of("Sitemap.XML.gz"))))
        .isEqualTo(InputFormat.SITEMAP);
  }
}
