package fetch.warc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are those of surt 0.3.1, which pywb looks up. */
class SurtKeyTest {
  private static final String ID = "0123456789abcdefABCDEF0123456789";
  private static final String ASP_ID = "abcdefghijklmnopqrstuvwX";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://a a)/",
        "http://a/ a)/",
        "HTTP://EXAMPLE.org/ org,example)/",
        "http://EXAMPLE/x example)/x",
        "http://a? a)/",
        "http://a?b a)/?b",
        "http://a/# a)/",
        "http://a/b#c?d a)/b",
        "https://www.example.org/x org,example)/x",
        "https://www2.example.org/x org,example)/x",
        "https://www.www.example.org/ org,example,www)/",
        "https://wwwx.example.org/ org,example,wwwx)/",
        "https://www/ www)/",
        "http://me:pw@example.org/a org,example)/a",
        "http://a@b@example.org/a org,example)/a",
        "http://example.org:80/a org,example)/a",
        "https://example.org:443/a org,example)/a",
        "https://example.org:80/a org,example:80)/a",
        "http://example.org:443/a org,example:443)/a",
        "http://example.org:/a org,example)/a",
        "http://example.org./a org,example)/a",
        "http://.example.org/a org,example)/a",
        "http://..Example.org/a org,example)/a",
        "http://example..org/a org,example)/a",
        "http://./A )/a",
        "http:///A )/a",
        "http://www0.example.org/a org,example)/a",
        "http://www9.example.org/a org,example)/a",
        "http://www/.example.org www)/.example.org",
        "http://wwwa.example.org/A org,example,wwwa)/a",
        "http://%45xample.org/a org,example)/a",
        "http://127.0.0.1:18080/s/7 1,0,0,127:18080)/s/7",
        "http://[::1]/ ::1)/",
        "http://[2001:DB8::1]:8080/a 2001:db8::1:8080)/a",
        "http://xn--bcher-kva.example/a example,xn--bcher-kva)/a"
      })
  void haveTheHostBackwards(String url, String key) {
    assertThat(SurtKey.of(url)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/A/B /a/b",
        "/a/ /a",
        "/a//b///c/ /a/b/c",
        "/a//b /a/b",
        "/a/./b /a/b",
        "/b/?c /b?c",
        "/?c /?c",
        "/AZ/@[`{ /az/@[`{",
        "// /",
        "/a/. /a",
        "/a/./b/ /a/b",
        "/a/../b /b",
        "/a/b/.. /a",
        "/%2e%2E/a /../a",
        "/a/%252e%252e/b /b",
        "/%D0%9C /%d0%9c",
        "/%d0%bc /%d0%bc",
        "/\u041c\u043c /%d0%9c%d0%bc",
        "/%C3%89%C3%A9 /%c3%89%c3%a9",
        "/%C4%B0 /%c4%b0",
        "/%FF%fe /%ff%fe",
        "/%41%62 /ab",
        "/%2541 /a",
        "/%25 /%25",
        "/%2%35 /%25",
        "/%zz%4 /%25zz%254",
        "/a%20b+c /a%20b+c",
        "/a%23b /a%23b",
        "/a%3Fb /a?b",
        "/a%2Fb /a/b",
        "/a%2F /a",
        "/%00%7F%0A /%00%7f%0a",
        "/!$&'()*,;=:@~^|{}[]\\\"<> /!$&'()*,;=:@~^|{}[]\\\"<>"
      })
  void haveTheUsualPath(String path, String key) {
    assertThat(SurtKey.of("http://a" + path)).isEqualTo("a)" + key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "? ``",
        "?? ??",
        "?B=C ?b=c",
        "?b&a ?a&b",
        "?b=2&a=1&b=1&a ?a&a=1&b=1&b=2",
        "?a=&a&a=1 ?a&a=&a=1",
        "?a-b=1&a=2 ?a=2&a-b=1",
        "?& ?&",
        "?a& ?&a",
        "?&b&a ?&a&b",
        "?!a&=b ?=b&!a",
        "?%41Z ?az",
        "?a&&b ?&a&b",
        "?a=b=c ?a=b=c",
        "?b=1%26a=2 ?a=2&b=1",
        "?a%3D1 ?a=1",
        "?q=%D0%9C%C3%89 ?q=%d0%9c%c3%89",
        "?q=a+b%20c ?q=a+b%20c",
        "?a/b/../c/ ?a/b/../c/"
      })
  void haveTheirParametersInOrder(String query, String key) {
    assertThat(SurtKey.of("http://a/b" + query)).isEqualTo("a)/b" + key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "?sid=" + ID + " ``",
        "?SID=" + ID + "&a=1 ?a=1",
        "?a=1&sid=" + ID + " ?&a=1",
        "?a=1&sid=" + ID + "&b=2 ?a=1&b=2",
        "?jsessionid=" + ID + " ``",
        "?PHPSESSID=" + ID + "&x ?x",
        "?ASPSESSIONIDABCDEFGH=" + ASP_ID + " ``",
        "?cfid=1&cftoken=2 ``",
        "?a=1&CFID=x-1&CFTOKEN=y-2&b=2 ?a=1&b=2",
        "?cfid=1&a=2&cftoken=3 ?a=2&cfid=1&cftoken=3",
        "?cfid=&cftoken=3 ?cfid=&cftoken=3",
        "?sid=" + ID + "0 ?sid=0123456789abcdefabcdef01234567890",
        "?sid=0123456789abcdef ?sid=0123456789abcdef",
        "?sid=09az09az09az09az09az09az09az09az ``",
        "?sid=" + ID + "&sid=" + ID + " ?&sid=0123456789abcdefabcdef0123456789",
        "?jsessionid=" + ID + "&phpsessid=" + ID + "&sid=" + ID + " ``",
        "/(S(" + ASP_ID + "))/b.aspx /b.aspx",
        "/(A(" + ASP_ID + ")F(" + ASP_ID + "))/c/b.ASPX?d=1 /c/b.aspx?d=1",
        "/x/(" + ASP_ID + ")/b.aspx /x/b.aspx",
        "/(" + ASP_ID + ")/b.html /(abcdefghijklmnopqrstuvwx)/b.html",
        "/(S(" + ASP_ID + "))/.aspx /(s(abcdefghijklmnopqrstuvwx))/.aspx",
        "/b;jsessionid=" + ID + " /b;jsessionid=0123456789abcdefabcdef0123456789"
      })
  void haveNoSessions(String url, String key) {
    String start = url.startsWith("?") ? "/p" : "";
    assertThat(SurtKey.of("http://a" + start + url)).isEqualTo("a)" + start + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"urn:some:ID", "dns:Example.org", "", "x"})
  void areTheUriWhereItIsNoneOfHttp(String uri) {
    assertThat(SurtKey.of(uri)).isEqualTo(uri);
  }

  /** A fragment keeps a URL from the short way. */
  @Test
  void areTheSameTheShortWayAndTheLongOne() {
    Random random = new Random(11);
    String[] pieces = {"/", "/", "a", "b1", ".", "?", "=", "-", "_", "www", "sid=0123456789"};
    for (int i = 0; i < 100_000; i++) {
      StringBuilder url = new StringBuilder(random.nextBoolean() ? "http://" : "https://");
      url.append(random.nextBoolean() ? "example.org" : "h");
      for (int piece = random.nextInt(8); piece > 0; piece--) {
        url.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(SurtKey.of(url.toString())).isEqualTo(SurtKey.of(url + "#"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%25",
        "25",
        "cfid=",
        "&cfid=1&cftoken=",
        "aspsessionid",
        "/(",
        "&",
        "..",
        "/../"
      })
  void takeNoLongerForHostileUrls(String piece) {
    String url = "http://a/?%" + piece.repeat(300_000 / piece.length());
    String path = "http://a/%" + piece.repeat(300_000 / piece.length());
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThatCode(
                    () -> {
                      SurtKey.of(url);
                      SurtKey.of(path);
                    })
                .doesNotThrowAnyException());
  }
}
