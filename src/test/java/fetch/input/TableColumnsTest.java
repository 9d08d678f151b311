package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableColumnsTest {
  private static TableColumns of(String wanted, String... first) throws IOException {
    return TableColumns.of(List.of(first), wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "url, 1",
    "id|url, 2",
    "id| URL |x, 2",
    "link|url, 2",
    "id|Link, 2",
    "URI|name, 1",
    "loc|lastmod, 1",
    "url.old|url, 2",
    "https://example.org/|url, 2"
  })
  void findsTheColumnByItsName(String first, int number) throws IOException {
    TableColumns columns = of(null, first.split("\\|"));

    assertThat(columns.url()).isEqualTo(number - 1);
    assertThat(columns.header()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/, 1",
    "a label|HTTPS://example.org/x, 2",
    "1|google.com, 2",
    "report.pdf|https://example.org/, 2",
    "1.5|example.org/a, 2",
    "bücher.example, 1",
    "localhost:8080, 1",
    "127.0.0.1/x, 1",
    "[::1]:80, 1",
    "//example.org, 1",
    "me:pw@example.org, 1",
    "example.org?a=b, 1"
  })
  void takesAFirstRowWithAUrlForAnEntry(String first, int number) throws IOException {
    String[] cells = first.split("\\|");
    TableColumns columns = of(null, cells);

    assertThat(columns.url()).isEqualTo(number - 1);
    assertThat(columns.header()).isFalse();
    assertThat(columns.names().getFirst()).isEqualTo("column1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"website", "The URL", "# my list", "page_url", "1.5", "a..b", "v1."})
  void takesASingleCellThatIsNoUrlForAHeader(String first) throws IOException {
    TableColumns columns = of(null, first);

    assertThat(columns.url()).isZero();
    assertThat(columns.header()).isTrue();
    assertThat(columns.names()).containsExactly(first);
  }

  @Test
  void looksAtNoMoreOfACellThanAHostMayHave() throws IOException {
    assertThat(of(null, "a.".repeat(500_000) + "org").header()).isTrue();
    assertThat(of(null, "a.org/" + "b.c/".repeat(200_000)).header()).isFalse();
  }

  @Test
  void goesByTheNameAskedFor() throws IOException {
    assertThat(of("Site", "url", "site", "Site").url()).isEqualTo(2);
    assertThat(of("SITE", "url", "site", "Site").url()).isEqualTo(1);
    assertThat(of("example.org", "url", "example.org").header()).isTrue();
  }

  @Test
  void goesByTheNumberAskedFor() throws IOException {
    assertThat(of("2", "1", "google.com")).extracting(TableColumns::header).isEqualTo(false);
    assertThat(of("2", "url", "site")).isEqualTo(new TableColumns(1, true, List.of("url", "site")));
  }

  @Test
  void saysWhatItCannotFind() {
    assertThatIOException()
        .isThrownBy(() -> of("site", "url", "name"))
        .withMessage("no column is named 'site'; its columns are url, name");
    assertThatIOException()
        .isThrownBy(() -> of("3", "url", "name"))
        .withMessage("there is no column 3: the first row has 2");
    assertThatIOException()
        .isThrownBy(() -> of(null, "name", "site"))
        .withMessage("no column is named url; set --url-column; its columns are name, site");
    assertThatIOException()
        .isThrownBy(() -> of(null, "url;name"))
        .withMessage("its first row has one cell; the separator may be a different one");
  }

  @Test
  void givesEachOtherColumnAName() throws IOException {
    assertThat(of(null, "", "url", "a", "a", "column1", "a_2", " b ").others())
        .containsExactly("column1", "a", "a_2", "column1_2", "a_2_2", "b");
  }
}
