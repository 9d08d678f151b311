package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.BadLine;
import fetch.Entry;
import fetch.FailureKind;
import fetch.http.url.HttpUrlParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkListTest {
  private static final String PAGE = "https://example.org/dir/page.html?q=1";

  private final List<String> complaints = new ArrayList<>();

  /** A page in a file, whose URL is unknown. */
  private final Lists local = new Lists(InputFormat.LINKS);

  private static ListFormat format(String base, ListFetcher fetcher) {
    return new ListFormat(InputFormat.LINKS, null, true, false, base, null, fetcher);
  }

  private List<Entry> fetched(byte[] page, String url, String contentType) {
    ListFetcher fetcher =
        (_, _) -> new Source.Opened(new ByteArrayInputStream(page), url, contentType);
    Source list = new Source.RemoteList("https://example.org/moved", true);
    EntryReader reader =
        new EntryReader(
            List.of(list),
            format(null, fetcher),
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

  /** The links of a page at {@link #PAGE}. */
  private List<String> links(String html) {
    return inputs(fetched(html.getBytes(StandardCharsets.UTF_8), PAGE, "text/html"));
  }

  private static List<String> inputs(List<Entry> entries) {
    return entries.stream().map(Entry::input).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a href=x>                             | a",
        "<map><area href=x></map>               | area",
        "<link rel=stylesheet href=x>           | link",
        "<link rel=preload imagesrcset='x 1x'>  | link",
        "<img src=x>                            | img",
        "<img srcset='x 2x'>                    | img",
        "<picture><source srcset=x></picture>   | source",
        "<audio><source src=x></audio>          | source",
        "<script src=x></script>                | script",
        "<iframe src=x></iframe>                | iframe",
        "<frameset><frame src=x></frameset>     | frame",
        "<video src=x></video>                  | video",
        "<video poster=x></video>               | video",
        "<audio src=x></audio>                  | audio",
        "<video><track src=x></video>           | track",
        "<embed src=x>                          | embed",
        "<object data=x></object>               | object",
        "<A HREF=x>                             | a",
      })
  void findsTheLinksOfElements(String html, String element) {
    List<Entry> entries = fetched(html.getBytes(StandardCharsets.UTF_8), PAGE, null);

    assertThat(inputs(entries)).containsExactly("https://example.org/dir/x");
    assertThat(Lists.meta(entries.getFirst()))
        .containsExactly("found_on=" + PAGE, "element=" + element);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<form action=x></form>",
        "<p href=x src=x>",
        "<!-- <a href=x> -->",
        "<script>'<a href=x>'</script>",
        "<link rel=preconnect href=//cdn.example.org>",
        "<link rel='DNS-Prefetch' href=//cdn.example.org>",
        "<base href=/x/>",
        "<a href=#top>",
        "<a href=''>",
        "<a href='  '>",
        "<a href=mailto:a@example.org>",
        "<a href='JavaScript:void(0)'>",
        "<a href='java\nscript:void(0)'>",
        "<a href=' tel:1'>",
        "<a href=about:blank>",
        "<img src='data:image/png;base64,AA=='>",
        "<video src=blob:https://example.org/1></video>",
      })
  void leavesOutWhatIsNoLinkToFetch(String html) {
    assertThat(links(html)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../up                        | https://example.org/up",
        "/root?a=b&amp;c              | https://example.org/root?a=b&c",
        "?q=2                         | https://example.org/dir/page.html?q=2",
        "//other.example/x            | https://other.example/x",
        "'\\\\other.example\\x'       | https://other.example/x",
        "http://EXAMPLE.com           | http://example.com/",
        "https:same                   | https://example.org/dir/same",
        "' a b#part '                 | https://example.org/dir/a%20b",
        "'a\tb'                       | https://example.org/dir/ab",
        "./x:y                        | https://example.org/dir/x:y",
        "https://me:pw@other.example/ | https://me:***@other.example/",
      })
  void resolvesAsBrowsersDo(String href, String url) {
    assertThat(links("<a href=\"" + href + "\">")).containsExactly(url);
  }

  @Test
  void keepsTheOrderOfThePageAndEachLinkOnce() {
    assertThat(links("<a href=b><img src=a></a><a href=b#part><a href=/dir/a><img src=c>"))
        .containsExactly(
            "https://example.org/dir/b", "https://example.org/dir/a", "https://example.org/dir/c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1x, b 2x        | a;b",
        "' a , b 2x,'      | a;b",
        "a,b 1x            | a,b",
        "'a, b'            | a;b",
        "a calc(1,2) 1x,b  | a;b",
        "'a\n100w,\nb\t2x' | a;b",
        "',,a'             | ,,a",
      })
  void readsTheCandidatesOfSrcset(String srcset, String urls) {
    List<String> expected =
        List.of(urls.split(";", -1)).stream().map(url -> "https://example.org/dir/" + url).toList();

    assertThat(links("<img srcset='" + srcset + "'>")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn.example/x/, https://cdn.example/x/a",
    "/other/, https://example.org/other/a",
    "data:x, https://example.org/dir/a",
  })
  void resolvesAgainstTheFirstBase(String base, String url) {
    assertThat(links("<base target=x><a href=a><base href='" + base + "'><base href=/last/>"))
        .containsExactly(url);
  }

  @Test
  void doesNotPassThePasswordOfAPageOn() {
    List<Entry> entries =
        fetched("<a href=a>".getBytes(StandardCharsets.UTF_8), "https://me:***@example.org/", null);

    assertThat(Lists.url(entries.getFirst())).isEqualTo("https://example.org/a");
  }

  @Test
  void recordsOtherSchemesAndInvalidUrls() {
    List<Entry> entries =
        fetched(
            "<a href=ftp://h/x#y>\n<a href=localhost:80/x>\n<a href='//a b/'><a href=http://h:x/>"
                .getBytes(StandardCharsets.UTF_8),
            PAGE,
            null);

    assertThat(inputs(entries))
        .containsExactly("ftp://h/x", "localhost:80/x", "//a b/", "http://h:x/");
    assertThat(entries)
        .extracting(entry -> ((BadLine) entry).kind())
        .containsExactly(
            FailureKind.UNSUPPORTED_SCHEME,
            FailureKind.UNSUPPORTED_SCHEME,
            FailureKind.INVALID_URL,
            FailureKind.INVALID_URL);
    assertThat(Lists.fault(entries.get(1))).startsWith("line 2 of https://example.org/moved: ");
  }

  @Test
  void saysHowToResolveRelativeLinksOfAFile() {
    List<Entry> entries = local.read("<a href=http://a.example/#x>\n<img src=b.png><a href=//c/>");

    assertThat(Lists.url(entries.getFirst())).isEqualTo("http://a.example/");
    assertThat(Lists.fault(entries.get(1)))
        .startsWith("line 2 of standard input: a relative link; ")
        .contains("--base=https://");
    assertThat(Lists.meta(entries.get(1))).contains("found_on=standard input", "element=img");
    assertThat(entries.get(2)).isInstanceOf(BadLine.class);
  }

  @Test
  void resolvesTheLinksOfAFileAgainstItsBaseElement() {
    assertThat(local.read("<base href=http://b.example/x/><a href=a>"))
        .extracting(Lists::url)
        .containsExactly("http://b.example/x/a");
  }

  @Test
  void resolvesTheLinksOfAFileAgainstTheBaseGiven() {
    Lists lists = new Lists(format("http://b.example/x/", ListFetcher.NONE));
    List<Entry> entries = lists.read("<base href=y/><a href=a>");

    assertThat(Lists.url(entries.getFirst())).isEqualTo("http://b.example/x/y/a");
    assertThat(Lists.meta(entries.getFirst())).contains("found_on=http://b.example/x/");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, , ",
    "windows-1252, text/html; Charset=\"windows-1252\", ",
    "ISO-8859-1, , <meta charset=iso-8859-1>",
    "windows-1251, text/html; charset=no-such, "
        + "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
    "UTF-16, text/html; charset=utf-8, ",
    "UTF-8, text/html; charset=UTF-8, <meta charset=iso-8859-1>",
  })
  void decodesByByteOrderMarkContentTypeAndMeta(String charset, String contentType, String meta) {
    String letter = charset.equals("windows-1251") ? "\u0434" : "\u00e9";
    String html = (meta == null ? "" : meta) + "<a href='/" + letter + "'>";
    String encoded = charset.equals("windows-1251") ? "%D0%B4" : "%C3%A9";

    assertThat(inputs(fetched(html.getBytes(Charset.forName(charset)), PAGE, contentType)))
        .containsExactly("https://example.org/" + encoded);
  }

  @Test
  void readsEmptyElementsOfXhtml() {
    byte[] page =
        "<html><script src='a'/><a href='b'>b</a></html>".getBytes(StandardCharsets.UTF_8);

    assertThat(inputs(fetched(page, PAGE, "application/xhtml+xml; charset=utf-8"))).hasSize(2);
  }

  @Test
  void refusesWhatIsNoPage() {
    assertThat(fetched(new byte[9], PAGE, "Application/PDF; x=y")).isEmpty();
    assertThat(complaints)
        .singleElement()
        .asString()
        .contains("not an HTML page: its Content-Type is application/pdf");
  }

  @Test
  void boundsTheSizeOfAPage() {
    byte[] page = new byte[LinkList.MOST_BYTES + 1];

    assertThat(fetched(page, PAGE, "text/html")).isEmpty();
    assertThat(complaints).singleElement().asString().contains("the page is larger than 20 MB");
  }

  @Test
  void boundsTheLengthOfAUrl() {
    assertThat(links("<a href='/" + "x".repeat(70_000) + "'>"))
        .singleElement()
        .satisfies(input -> assertThat(input.length()).isLessThan(300));
  }

  @Test
  void readsDeepAndBrokenPages() {
    assertThat(links("<div>".repeat(20_000) + "<a href=a><table><a href=b></p><a href=c"))
        .contains("https://example.org/dir/a", "https://example.org/dir/b");
  }

  @Test
  void isNeverChosenByTheExtension() {
    assertThat(InputFormat.byName(new Source.RemoteList("https://example.org/x.html", true)))
        .isEqualTo(InputFormat.LINES);
  }
}
