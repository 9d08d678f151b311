package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netpreserve.jwarc.URIs;

/** Keys are those of jwarc, which are those of pywb. */
class SortKeyTest {
  private static final String[] PIECES = {
    "/",
    "/",
    "a",
    "b1",
    "A",
    ".",
    "..",
    "?",
    "&",
    "=",
    "%2f",
    "%41",
    "www",
    "-",
    "_",
    "~",
    ";",
    "(",
    ":80",
    "sid=0123456789012345678901234567890a",
    "\u00fc",
    "//",
    "./",
    "#",
    " "
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a/",
        "http://a",
        "https://example.org/",
        "https://www.example.org/x",
        "https://www2.example.org/x",
        "http://sub.domain.example.org/a/b.html",
        "http://example.org/a/",
        "http://example.org/a?b=c",
        "http://example.org/?b=c",
        "http://example.org/a?",
        "http://example.org:80/a",
        "https://example.org:80/a",
        "http://example.org:8080/a",
        "http://example.org./a",
        "http://127.0.0.1:18080/s/7",
        "http://[::1]:8080/",
        "http://example.org/A/B",
        "http://xn--bcher-kva.example/a",
        "http://example.org/a?sid=0123456789abcdef0123456789abcdef"
      })
  void isThatOfJwarc(String url) {
    assertThat(SortKey.of(url)).isEqualTo(URIs.toNormalizedSurt(url));
  }

  @Test
  void isThatOfJwarcHoweverStrange() {
    Random random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder url = new StringBuilder(random.nextBoolean() ? "http://" : "https://");
      url.append(random.nextBoolean() ? "example.org" : "h");
      int pieces = random.nextInt(8);
      for (int piece = 0; piece < pieces; piece++) {
        url.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertThat(SortKey.of(url.toString())).isEqualTo(URIs.toNormalizedSurt(url.toString()));
    }
  }
}
