package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sitemaps on standard input. */
class SitemapTest {
  @AutoClose private final Site site = Site.open();

  private String sitemap(String end) {
    return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\n<url><loc>"
        + site.url("/a")
        + "</loc><lastmod>2026-01-02</lastmod></url>\n"
        + end;
  }

  @Test
  void putsWhatASitemapSaysIntoTheRecord() {
    Ended ended =
        InProcess.fetch(
            sitemap("</urlset>"), "-i", "sitemap", "-fjsonl", "--fields=response_code,meta");

    assertThat(ended.records())
        .containsExactly("{\"response_code\":200,\"meta\":{\"lastmod\":\"2026-01-02\"}}");
  }

  @Test
  void givesEachElementAColumn() {
    Ended ended = InProcess.fetch(sitemap("</urlset>"), "-i", "sitemap", "-fcsv");

    assertThat(ended.records().getFirst()).endsWith("meta.lastmod,meta.changefreq,meta.priority");
    assertThat(ended.records().getLast()).endsWith(",2026-01-02,,");
  }

  @Test
  void fetchesWhatComesBeforeBrokenXmlAndEndsWithThree() {
    Ended ended = InProcess.fetch(sitemap("<url><loc>"), "-i", "sitemap", "-fcsv");

    assertThat(ended.records()).hasSize(2);
    assertThat(ended.err()).contains("standard input: line 3: not valid XML");
    assertThat(ended.code()).isEqualTo(3);
  }
}
