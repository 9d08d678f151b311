package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fetch split --list=URL}: lists that a server has. */
class SplitRemoteListsTest {
  @TempDir private Path directory;

  private Path out() {
    return directory.resolve("parts");
  }

  @Test
  void readsListsAtUrlsAndTheSitemapsOfAnIndex() throws IOException {
    try (ListServer lists = new ListServer()) {
      lists.put("/urls.txt", "http://a.test/\nhttp://b.test/\n");
      lists.put("/map.xml", "<urlset><url><loc>http://c.test/</loc></url></urlset>");
      lists.put(
          "/sitemap.xml",
          "<sitemapindex><sitemap><loc>"
              + lists.url("/map.xml")
              + "</loc></sitemap></sitemapindex>");

      Ended ended =
          InProcess.fetch(
              "",
              "split",
              "--shards=1",
              "--out=" + out(),
              "-A",
              "lister",
              "--list=" + lists.url("/urls.txt"),
              "--list=" + lists.url("/sitemap.xml"));

      assertThat(ended.err()).startsWith("3 entries in 1 file");
      assertThat(Files.readAllLines(out().resolve("part-1.jsonl")))
          .extracting(line -> line.substring(line.indexOf("http"), line.indexOf(".test")))
          .containsExactly("http://a", "http://b", "http://c");
      assertThat(lists.requests()).hasSize(3).allMatch(head -> head.contains("User-Agent: lister"));
    }
  }

  @Test
  void writesNothingIfAListCannotBeFetched() throws IOException {
    try (ListServer lists = new ListServer()) {
      Ended ended =
          InProcess.fetch(
              "", "split", "--shards=2", "--out=" + out(), "--list=" + lists.url("/none.txt"));

      assertThat(ended.code()).isEqualTo(ExitCode.IO);
      assertThat(ended.err()).contains("404").doesNotContain("--sample");
      assertThat(out()).isEmptyDirectory();
    }
  }
}
