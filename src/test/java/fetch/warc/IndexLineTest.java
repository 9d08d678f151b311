package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.warc.IndexLine.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexLineTest {
  private static IndexLine line(String url, String contentType, boolean revisit) {
    ExchangeInfo exchange =
        new ExchangeInfo(url, "GET", 200, contentType, ExchangeInfo.Connection.UNKNOWN, 0, null);
    return IndexLine.of(exchange, "20260101120000", "sha1:ABC", revisit).at(12, 345, "a b\".warc");
  }

  @Test
  void isWhatTheToolsWrite() {
    assertThat(line("http://www.Example.org/B?z=1&a=2", "text/HTML; charset=x", false).text())
        .isEqualTo(
            "org,example)/b?a=2&z=1 20260101120000 {\"url\": \"http://www.Example.org/B?z=1&a=2\","
                + " \"mime\": \"text/HTML\", \"status\": \"200\", \"digest\": \"ABC\","
                + " \"length\": \"345\", \"offset\": \"12\", \"filename\": \"a b\\\".warc\"}\n");
  }

  @Test
  void saysWhatIsOnlyReferredTo() {
    assertThat(line("http://a/", "text/html", true).text()).contains("\"mime\": \"warc/revisit\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | -",
        "'' | -",
        "';x' | -",
        "text/html | text/html",
        "' text/html ;q' | text/html",
        "text/html charset=x | text/html"
      })
  void knowsTheTypeFromItsParameters(String contentType, String mime) {
    assertThat(line("http://a/", contentType, false).mime()).isEqualTo(mime);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080/a, '1,0,0,127:8080)/a'",
    "https://example.org:443/, 'org,example)/'",
    "http://example.org/a/?, 'org,example)/a'",
    "http://example.org/%7Ea%C3%A9, 'org,example)/~a%c3%a9'"
  })
  void sortsAsTheToolsDo(String url, String key) {
    assertThat(line(url, null, false).key()).isEqualTo(key);
  }

  @Test
  void isReadBack() {
    IndexLine line = line("http://a/\u00fc?q=\"offset\": \"9\"", "a\u0001\\b", false);

    assertThat(IndexLine.parse(line.text())).isEqualTo(line);
    assertThat(line.place().end()).isEqualTo(357);
    assertThat(line.date()).isEqualTo("2026-01-01T12:00:00Z");
  }

  @Test
  void isReadBackWhateverItsCharacters() {
    String odd = "a\u0001\u001f\\u0041\"\\\u00e9\\";
    IndexLine line =
        new IndexLine("key", "20260101120000", odd, odd, 404, odd, new Place(1, 2, odd));

    assertThat(line.text()).contains("\\u0001\\u001f");
    assertThat(IndexLine.parse(line.text())).isEqualTo(line);
  }

  @Test
  void knowsAReferenceFromAResponse() {
    assertThat(line("http://a/", "text/html", true).isRevisit()).isTrue();
    assertThat(line("http://a/", "text/html", false).isRevisit()).isFalse();
    assertThat(line("http://a/", null, false).isRevisit()).isFalse();
  }

  /** A line that ends within a value, or within an escape. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "x\\", "x\\u", "x\\u00", "x\\u00zz"})
  void passesOverWhatIsCutOff(String url) {
    assertThat(IndexLine.parse("a 20260101120000 {\"url\": \"" + url)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"''", "a", "a b", "a b {}", "'a 20260101120000 {\"url\": \"x\"}'"})
  void passesOverWhatOthersWrote(String line) {
    assertThat(IndexLine.parse(line)).isNull();
  }
}
