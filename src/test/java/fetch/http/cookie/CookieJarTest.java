package fetch.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cookies come back, by RFC 6265bis. */
class CookieJarTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long DAY = 24 * 3600 * 1000L;

  private final CookieJar jar = new CookieJar();

  private void set(String url, String... fields) {
    jar.store(List.of(fields), HttpUrl.get(url), NOW);
  }

  private String sentTo(String url) {
    return jar.header(HttpUrl.get(url), NOW);
  }

  private String sentTo(String url, long later) {
    return jar.header(HttpUrl.get(url), NOW + later);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a.example.org/|a=1|http://a.example.org/x|a=1",
        "http://a.example.org/|a=1|http://A.example.org.:81/x|a=1",
        "http://a.example.org/|a=1|http://b.a.example.org/|",
        "http://a.example.org/|a=1|http://example.org/|",
        "http://a.example.org/|a=1; Domain=example.org|http://b.example.org/|a=1",
        "http://a.example.org/|a=1; Domain=.EXAMPLE.org|http://example.org/|a=1",
        "http://a.example.org/|a=1; Domain=example.org|http://notexample.org/|",
        "http://a.example.org/|a=1; Domain=b.example.org|http://b.example.org/|",
        "http://example.org/|a=1; Domain=a.example.org|http://a.example.org/|",
        "http://a.example.org/|a=1; Domain=org|http://b.org/|",
        "http://a.co.uk/|a=1; Domain=co.uk|http://b.co.uk/|",
        "http://a.github.io/|a=1; Domain=github.io|http://b.github.io/|",
        "http://github.io/|a=1; Domain=github.io|http://github.io/|a=1",
        "http://github.io/|a=1; Domain=github.io|http://b.github.io/|",
        "http://localhost/|a=1; Domain=localhost|http://localhost/|a=1",
        "http://127.0.0.1/|a=1; Domain=127.0.0.1|http://127.0.0.1/|a=1",
        "http://127.0.0.1/|a=1; Domain=0.0.1|http://127.0.0.1/|",
        "http://[::1]/|a=1|http://[::1]:8080/|a=1",
      })
  void goToTheirHosts(String from, String field, String to, String sent) {
    set(from, field);
    assertThat(sentTo(to)).isEqualTo(sent == null ? "" : sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/|a=1|/any|a=1",
        "/a/b|a=1|/a/c|a=1",
        "/a/b|a=1|/a|a=1",
        "/a/b|a=1|/b|",
        "/a/b|a=1; Path=/|/b|a=1",
        "/a|a=1; Path=/foo|/foobar|",
        "/a|a=1; Path=/foo|/foo/bar|a=1",
        "/a|a=1; Path=/foo/|/foo/bar|a=1",
        "/a|a=1; Path=/foo/|/foo|",
        "/a|a=1; Path=foo|/x|a=1",
        "/a|a=1; Path=/Foo|/foo|",
      })
  void goToTheirPaths(String from, String field, String to, String sent) {
    set("http://h.example" + from, field);
    assertThat(sentTo("http://h.example" + to)).isEqualTo(sent == null ? "" : sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "=",
        "=; Path=/",
        "a=b\u0001c",
        "a=b\tc",
        "__Secure-a=1",
        "__Host-a=1; Secure",
        "__Host-a=1; Secure; Path=/x",
        "__Host-a=1; Secure; Path=/; Domain=example.org",
        "__host-a=1; Path=/",
        "=__Secure-a=1; Secure",
        "__Host-; Secure; Path=/"
      })
  void areRefused(String field) {
    set("https://example.org/", field);
    assertThat(sentTo("https://example.org/")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1; HttpOnly; SameSite=None; Partitioned|a=1",
        "a = 1 ;Path=/|a=1",
        "a=|a=",
        "a|a",
        "=a|a",
        "a=b=c|a=b=c",
        "a=\"b c\"|a=\"b c\"",
        "__Secure-a=1; Secure|__Secure-a=1",
        "__Host-a=1; Secure; Path=/|__Host-a=1",
      })
  void areTaken(String field, String sent) {
    set("https://example.org/", field);
    assertThat(sentTo("https://example.org/")).isEqualTo(sent);
  }

  @Test
  void areNotTooLong() {
    set("http://h.example/", "a=" + "b".repeat(4095), "c=" + "d".repeat(4096));
    assertThat(sentTo("http://h.example/")).hasSize(4097);
    set("http://g.example/x/y", "a=1; Path=/" + "p".repeat(1024));
    assertThat(sentTo("http://g.example/x/z")).isEqualTo("a=1");
  }

  @Test
  void expireAsTheirFieldsSay() {
    set(
        "http://h.example/",
        "a=1; Max-Age=10",
        "b=2; Expires=Wed, 15 Nov 2023 22:13:20 GMT",
        "c=3; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "d=4; Max-Age=0",
        "e=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "f=6; Expires=nonsense",
        "g=7; Max-Age=99999999999");
    assertThat(sentTo("http://h.example/")).isEqualTo("a=1; b=2; c=3; f=6; g=7");
    assertThat(sentTo("http://h.example/", 11_000)).isEqualTo("b=2; f=6; g=7");
    assertThat(sentTo("http://h.example/", 399 * DAY)).isEqualTo("f=6; g=7");
    assertThat(sentTo("http://h.example/", 401 * DAY)).isEqualTo("f=6");
  }

  @Test
  void replaceEachOther() {
    set("http://h.example/", "a=1", "b=2", "a=3", "a=4; Path=/x");
    assertThat(sentTo("http://h.example/x")).isEqualTo("a=4; a=3; b=2");
    set("http://h.example/", "a=; Max-Age=0");
    assertThat(sentTo("http://h.example/")).isEqualTo("b=2");
  }

  @Test
  void goOverHttpsOnlyIfSecure() {
    set("https://h.example/", "a=1; Secure", "b=2");
    assertThat(sentTo("http://h.example/")).isEqualTo("b=2");
    assertThat(sentTo("https://h.example/")).isEqualTo("a=1; b=2");
    set("http://h.example/", "c=3; Secure");
    assertThat(sentTo("https://h.example/")).isEqualTo("a=1; b=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=2", "a=2; Path=/login/en", "a=2; Domain=example.org"})
  void doNotCoverASecureOneFromHttp(String field) {
    set("https://h.example.org/login", "a=1; Secure; Path=/login");
    set("http://h.example.org/login/", field + (field.contains("Path") ? "" : "; Path=/login"));
    assertThat(sentTo("https://h.example.org/login/en")).isEqualTo("a=1");
    set("http://h.example.org/", "a=3; Path=/loginhelper", "b=4; Path=/login");
    assertThat(sentTo("https://h.example.org/loginhelper")).isEqualTo("a=3");
    set("https://h.example.org/", "a=5; Path=/login");
    assertThat(sentTo("http://h.example.org/login")).contains("a=5");
  }

  @Test
  void areLimitedInADomain() {
    set("https://h.example/", "old=1; Secure");
    for (int i = 0; i < CookieJar.MOST_OF_DOMAIN - 1; i++) {
      set("https://h.example/", "n" + i + "=x; Path=/p" + i);
    }
    assertThat(sentTo("https://h.example/p0")).isEqualTo("n0=x; old=1");

    set("https://h.example/", "more=1");

    assertThat(jar.cookies(NOW)).hasSize(CookieJar.MOST_OF_DOMAIN);
    assertThat(sentTo("https://h.example/p0")).isEqualTo("n0=x; old=1; more=1");
    assertThat(sentTo("https://h.example/p1")).isEqualTo("old=1; more=1");
  }

  @Test
  void areLimitedInAll() {
    for (int i = 0; i < CookieJar.MOST; i++) {
      set("http://h" + i + ".example/", "a=1");
    }
    assertThat(sentTo("http://h0.example/")).isEqualTo("a=1");

    set("http://more.example/", "a=1");

    assertThat(jar.cookies(NOW)).hasSize(CookieJar.MOST);
    assertThat(sentTo("http://h0.example/")).isEqualTo("a=1");
    assertThat(sentTo("http://h1.example/")).isEmpty();
  }

  @Test
  void keepTheirSecrets() {
    set("http://h.example/", "a=s3cret");
    assertThat(jar + "" + jar.cookies(NOW)).doesNotContain("s3cret");
  }
}
