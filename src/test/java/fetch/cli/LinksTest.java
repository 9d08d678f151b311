package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links of pages. */
class LinksTest {
  private static final String FIELDS = "--fields=urlnum,input,error,meta.found_on,meta.element";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();
  private ListServer pages;

  @BeforeEach
  void open() throws IOException {
    pages = new ListServer();
  }

  @AfterEach
  void close() throws IOException {
    pages.close();
  }

  private static Ended fetch(String in, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 3);
    System.arraycopy(
        new String[] {"--input-format=links", "--ordered", "-fcsv"}, 0, all, arguments.length, 3);
    return InProcess.fetch(in, all);
  }

  @Test
  void resolvesAgainstTheUrlAfterRedirects() {
    pages.put("/dir/page", "<a href=next><img src='" + site.url("/a") + "'>");
    pages.put("/dir/next", "");
    String page = pages.url("/dir/page");

    Ended ended = fetch("", FIELDS, "--list=" + site.url("/to/" + page));

    assertThat(ended.records())
        .containsExactly(
            "urlnum,input,error,meta.found_on,meta.element",
            "0," + pages.url("/dir/next") + ",," + page + ",a",
            "1," + site.url("/a") + ",," + page + ",img");
    assertThat(ended.code()).isZero();
  }

  @Test
  void recordsRelativeLinksOfAFileWithoutABase() throws IOException {
    String file = Files.writeString(directory.resolve("p.html"), "<a href=/a>").toString();

    Ended without = fetch("", "--fields=input,error,meta.found_on", file);
    Ended with = fetch("", "--fields=input,error", "-B", site.url("/x"), file);

    assertThat(without.records()).last().isEqualTo("/a,invalid_url," + file);
    assertThat(with.records()).last().isEqualTo(site.url("/a") + ",");
    assertThat(with.code()).isZero();
  }

  @Test
  void countsTheLinksOfADryRun() {
    Ended ended =
        fetch("<a href=/a><a href=/b><a href=ftp://x/>", "--dry-run", "-B", site.url("/"));

    assertThat(ended.out()).startsWith("3 entries: 2 urls, 1 bad line");
    assertThat(site.total()).isZero();
  }

  @Test
  void namesTheColumnsWithoutReadingThePage() {
    assertThat(fetch("", "-B", site.url("/")).records().getFirst())
        .endsWith(",meta.found_on,meta.element");
  }

  @Test
  void resumesAmongTheLinksOfAPage() {
    pages.put(
        "/p",
        "<a href='%s'><a href='%s'><a href='%s'>"
            .formatted(site.url("/1"), site.url("/2"), site.url("/3")));
    String output = "--output=" + directory.resolve("out.csv");
    fetch("", "--list=" + pages.url("/p"), "--resume", output, "--limit=2");

    assertThat(fetch("", "--list=" + pages.url("/p"), "--resume", output).code()).isZero();
    assertThat(site.total()).isEqualTo(3);
  }

  @Test
  void goesOnAfterAPageThatCannotBeRead() {
    pages.put("/good", "<a href='" + site.url("/a") + "'>");

    Ended ended =
        fetch("", "--list=" + pages.url("/missing"), "--list=" + pages.url("/good"), FIELDS);

    assertThat(ended.records()).hasSize(2);
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void keepsTheQueryOfTheRunOutOfThePage() {
    fetch("<a href=/a?x=1>", "-B", site.url("/"), "-G", "-d", "y=2");

    assertThat(site.requests().element()).startsWith("GET /a?x=1&y=2 ");
  }

  @Test
  void explainsWhatItCannotRead() {
    assertThat(fetch("", site.url("/")).err()).contains("-i links reads pages", "--list=URL");
    assertThat(fetch("", site.url("/")).code()).isEqualTo(2);
    assertThat(InProcess.fetch("", "-B", site.url("/"), "-").err())
        .contains("--base works with -i links only");
    assertThat(fetch("", "-B", "me:secret@x", "-").err())
        .contains("does not begin with http:// or https://")
        .doesNotContain("secret");
    assertThat(fetch("", "-B", "http://:1", "-").code()).isEqualTo(2);
    assertThat(fetch("", "--url-template=http://x/{line}", "-").err())
        .contains("--url-template does not work with -i links");
  }
}
