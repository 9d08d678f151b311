package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of lists, with the built program. */
class ListOptionsIT {
  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private String list(String text) throws IOException {
    return Files.writeString(directory.resolve("list"), text).toString();
  }

  @Test
  void sendsTheSameRequestOnce() throws IOException {
    String list = list((site.url("/a") + "\n").repeat(1000));

    Ended ended = Program.run("--unique", "-fcsv", "--fields=duplicate_of", list);

    assertThat(ended.records()).hasSize(1001).filteredOn("0"::equals).hasSize(999);
    assertThat(site.total()).isEqualTo(1);
  }

  @Test
  void expandsPatternsInAList() throws IOException {
    String list = list(site.url("/{a,b}/[08-10]") + "\n");

    Ended ended = Program.run("--glob", "--ordered", "-fcsv", "--fields=urlnum,url", list);

    assertThat(ended.records()).hasSize(7).contains("2," + site.url("/a/10"));
    assertThat(site.total()).isEqualTo(6);
  }

  @Test
  void fillsLinesIntoATemplate() throws IOException {
    String template = "--url-template=" + site.url("/item/{line}?v=1");

    Ended ended = Program.run(template, "-fcsv", "--fields=url,response_code", list("a/b\n"));

    assertThat(ended.records()).last().isEqualTo(site.url("/item/a%2Fb?v=1,200"));
  }

  @Test
  void fetchesTheSitemapsOfAnIndex() throws IOException {
    try (ListServer lists = new ListServer()) {
      lists.put(
          "/index.xml",
          "<sitemapindex><sitemap><loc>" + lists.url("/1") + "</loc></sitemap></sitemapindex>");
      lists.putCompressed("/1", "<urlset><url><loc>" + site.url("/a") + "</loc></url></urlset>");

      Ended ended =
          Program.run("--list=" + lists.url("/index.xml"), "-fcsv", "--fields=url,response_code");

      assertThat(ended.records()).last().isEqualTo(site.url("/a") + ",200");
    }
  }

  @Test
  void readsASitemap() throws IOException {
    String list = list("<urlset><url><loc>" + site.url("/a") + "</loc></url></urlset>");

    Ended ended = Program.run("-i", "sitemap", "-fcsv", "--fields=url,response_code", list);

    assertThat(ended.records()).last().isEqualTo(site.url("/a") + ",200");
  }

  @Test
  void fetchesTheLinksOfAPage() throws IOException {
    String page = list("<a href=a><img srcset='b 1x, /c 2x'><a href=mailto:x@example.org>");

    Ended ended =
        Program.run(
            "-i",
            "links",
            "-B",
            site.url("/x/"),
            "--ordered",
            "-fcsv",
            "--fields=url,meta.found_on,meta.element",
            page);

    assertThat(ended.records())
        .containsExactly(
            "url,meta.found_on,meta.element",
            site.url("/x/a") + "," + page + ",a",
            site.url("/x/b") + "," + page + ",img",
            site.url("/c") + "," + page + ",img");
  }
}
