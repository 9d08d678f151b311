package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are fetched. */
class RemoteListTest {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();
  private ListServer lists;

  @BeforeEach
  void open() throws IOException {
    lists = new ListServer();
  }

  @AfterEach
  void close() throws IOException {
    lists.close();
  }

  private String list(String path) {
    return "--list=" + lists.url(path);
  }

  private static Ended fetch(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 3);
    System.arraycopy(
        new String[] {"--ordered", "-fcsv", "--fields=urlnum,input"}, 0, all, arguments.length, 3);
    return InProcess.fetch("", all);
  }

  @Test
  void readsListsAfterTheSources() throws IOException {
    lists.put("/a", site.url("/1\n") + site.url("/2\n"));
    lists.putCompressed("/b.csv?v=1", "id,url\n7," + site.url("/3\n"));
    String file = Files.writeString(directory.resolve("f"), site.url("/4\n")).toString();

    Ended ended = fetch(list("/a"), list("/b.csv?v=1"), "--list=" + file, site.url("/0"));

    assertThat(ended.records())
        .containsExactly(
            "urlnum,input",
            "0," + site.url("/0"),
            "1," + site.url("/1"),
            "2," + site.url("/2"),
            "3," + site.url("/3"),
            "4," + site.url("/4"));
    assertThat(ended.code()).isZero();
    assertThat(lists.requests()).hasSize(2);
  }

  @Test
  void saysWhyAListCannotBeFetchedAndEndsWithThree() {
    lists.put("/good", site.url("/1\n"));

    Ended ended = fetch(list("/missing"), list("/good"));

    assertThat(ended.err())
        .contains("fetch: " + lists.url("/missing") + ": the server returned 404");
    assertThat(ended.records()).hasSize(2);
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void takesUpNoPartOfAListThatBreaksOff() {
    lists.putResponse(
        "/short", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + site.url("/1\n"));

    Ended ended = fetch(list("/short"), "--retry=0", "-m2");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(site.total()).isZero();
  }

  @Test
  void requestsAListByGetWithTheHeadersOfTheRun() {
    lists.put("/a", site.url("/1\n"));

    fetch(list("/a"), "-X", "POST", "-d", "x=1", "-r", "0-1", "-H", "X-Own: 1", "-A", "me");

    assertThat(lists.requests().getFirst())
        .startsWith("GET /a ")
        .containsIgnoringCase("x-own: 1")
        .containsIgnoringCase("user-agent: me")
        .doesNotContainIgnoringCase("range:")
        .doesNotContainIgnoringCase("content-length:");
    assertThat(site.requests().element()).startsWith("POST /1 ");
  }

  @Test
  void followsRedirectsAndRetries() {
    lists.put("/a", site.url("/1\n"));

    assertThat(fetch("--list=" + site.url("/to/" + lists.url("/a"))).records()).hasSize(2);
    assertThat(fetch("--list=" + site.url("/busy/1/x"), "--retry-delay=10ms").code()).isEqualTo(1);
  }

  @Test
  void refusesCredentialsWithoutTheirHosts() {
    Ended ended = fetch(list("/a"), "-u", "me:secret");

    assertThat(ended.err()).contains("--credentials-for", lists.url("/a"));
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void showsNoPasswordOfAList() {
    String url = lists.url("/missing").replace("http://", "http://me:secret@");

    assertThat(fetch("--list=" + url, "-v").err()).contains("404").doesNotContain("secret");
  }

  @Test
  void resumesWhereTheListIsTheSame() {
    lists.put("/a", site.url("/1\n") + site.url("/2\n") + site.url("/3\n"));
    String output = "--output=" + directory.resolve("out.csv");
    fetch(list("/a"), "--resume", output, "--limit=2");

    assertThat(fetch(list("/a"), "--resume", output).code()).isZero();
    assertThat(site.total()).isEqualTo(3);

    lists.put("/a", site.url("/9\n") + site.url("/2\n") + site.url("/3\n"));
    Ended changed = fetch(list("/a"), "--resume", output);
    assertThat(changed.err()).contains("the list has changed: entry 0 is '" + site.url("/9"));
    assertThat(changed.code()).isEqualTo(3);
  }

  @Test
  void fetchesAListForADryRun() {
    lists.put("/a", site.url("/1\n") + "ftp://x/\n");

    Ended ended = InProcess.fetch("", "--dry-run", list("/a"));

    assertThat(ended.out()).startsWith("2 entries: 1 url, 1 bad line");
    assertThat(ended.out()).contains("line 2 of " + lists.url("/a"));
    assertThat(site.total()).isZero();
  }

  @Test
  void readsAListThatIsLargerThanItsMemory() {
    String lines = (site.url("/x?") + "y".repeat(60) + "\n").repeat(40_000);
    lists.put("/a", lines + "#\n" + site.url("/last\n"));

    assertThat(InProcess.fetch("", "--dry-run", list("/a")).out()).startsWith("40001 entries");
  }

  @Test
  void readsTheColumnsOfATableOnce() {
    lists.put("/a.csv", "url,id\n" + site.url("/1,7\n"));

    Ended ended = InProcess.fetch("", list("/a.csv"), "-fcsv");

    assertThat(ended.records().getFirst()).endsWith(",meta.id");
    assertThat(lists.requests("/a.csv")).isEqualTo(1);
  }

  private String index(String... paths) {
    StringBuilder index = new StringBuilder("<sitemapindex>");
    for (String path : paths) {
      index.append("<sitemap><loc>").append(lists.url(path)).append("</loc></sitemap>\n");
    }
    return index + "</sitemapindex>";
  }

  private String sitemap(String path) {
    return "<urlset><url><loc>" + site.url(path) + "</loc></url></urlset>";
  }

  @Test
  void readsTheSitemapsOfAnIndexInTurn() throws IOException {
    lists.put("/sitemap.xml", index("/1.xml.gz", "/2.txt"));
    lists.putCompressed("/1.xml.gz", sitemap("/a"));
    lists.put("/2.txt", site.url("/b\n"));

    Ended ended = fetch(list("/sitemap.xml"), site.url("/0"));

    assertThat(ended.records())
        .containsExactly(
            "urlnum,input", "0," + site.url("/0"), "1," + site.url("/a"), "2," + site.url("/b"));
    assertThat(ended.code()).isZero();
    assertThat(lists.requests()).hasSize(3);
  }

  @Test
  void readsAnIndexInAFile() throws IOException {
    lists.put("/1", sitemap("/a"));
    Path file = Files.writeString(directory.resolve("index.xml"), index("/1"));

    assertThat(fetch(file.toString()).records()).contains("0," + site.url("/a"));
  }

  @Test
  void fetchesNoMoreSitemapsThanItNeeds() {
    lists.put("/sitemap.xml", index("/1", "/2", "/3"));
    lists.put("/1", sitemap("/a"));

    assertThat(fetch(list("/sitemap.xml"), "--limit=1").code()).isZero();
    assertThat(lists.requests("/2")).isZero();
  }

  @Test
  void goesOnAfterASitemapThatCannotBeRead() {
    lists.put("/sitemap.xml", index("/missing", "/broken", "/nested", "/last"));
    lists.put("/broken", "<urlset><url>");
    lists.put("/nested", index("/last"));
    lists.put("/last", sitemap("/z"));

    Ended ended = fetch(list("/sitemap.xml"));

    assertThat(ended.err())
        .contains(lists.url("/missing") + ": the server returned 404")
        .contains(lists.url("/broken") + ": line 1: not valid XML")
        .contains("an index within an index is not read");
    assertThat(ended.records()).containsExactly("urlnum,input", "0," + site.url("/z"));
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void keepsPositionsWhereASitemapCannotBeReadAndTheRunIsResumed() {
    lists.put("/sitemap.xml", index("/1", "/missing", "/3"));
    lists.put("/1", sitemap("/a"));
    lists.put("/3", sitemap("/c"));
    String output = "--output=" + directory.resolve("out.csv");

    assertThat(fetch(list("/sitemap.xml"), "--resume", output).code()).isEqualTo(3);
    assertThat(site.total()).isEqualTo(1);

    lists.put("/missing", sitemap("/b"));
    assertThat(fetch(list("/sitemap.xml"), "--resume", output).code()).isZero();
    List<String> paths = site.requests().stream().map(head -> head.split(" ", 3)[1]).toList();
    assertThat(paths).containsExactlyInAnyOrder("/a", "/b", "/c");
  }

  @Test
  void recordsASitemapWithoutAUrl() {
    lists.put(
        "/sitemap.xml", "<sitemapindex><sitemap><loc>ftp://x/</loc></sitemap></sitemapindex>");

    Ended ended = InProcess.fetch("", list("/sitemap.xml"), "-fcsv", "--fields=input,error");

    assertThat(ended.records()).containsExactly("input,error", "ftp://x/,unsupported_scheme");
  }
}
