package fetch.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialScopeTest {
  private static boolean covers(String hosts, String url) {
    HttpUrl requested = HttpUrl.get(url);
    return CredentialScope.parse(hosts).covers(requested, requested);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, https://example.org/",
    "example.org, http://example.org:8080/a",
    "EXAMPLE.org., https://example.org/",
    "example.org, https://Example.ORG./",
    "example.org:8443, https://example.org:8443/",
    "example.org:80, http://example.org/",
    "*.example.org, https://a.example.org/",
    "*.example.org, https://a.b.example.org./",
    "*.example.org:8080, http://a.example.org:8080/",
    "https://example.org, https://example.org/",
    "https://example.org:8443/, https://example.org:8443/",
    "HTTPS://*.example.org, https://a.example.org/",
    "bücher.example, https://xn--bcher-kva.example/",
    "xn--bcher-kva.example, https://BÜCHER.example/",
    "192.0.2.1, http://192.0.2.1:81/",
    "0xc0.0.2.1, http://192.0.2.1/",
    "2001:db8::1, http://[2001:DB8:0::1]:8080/",
    "[2001:db8::1]:8080, http://[2001:db8::1]:8080/",
    "[2001:db8::1], http://[2001:db8::1]/",
    "localhost, http://localhost:1234/",
    "all, http://anything.example/",
    "ALL, http://anything.example/",
    "'a.example, b.example', https://b.example/",
    "'a.example,all', https://c.example/"
  })
  void coversTheHostsThatAreNamed(String hosts, String url) {
    assertThat(covers(hosts, url)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, https://www.example.org/",
    "example.org, https://badexample.org/",
    "example.org, https://example.org.evil.example/",
    "example.org, https://example.org@evil.example/",
    "example.org:8443, https://example.org/",
    "*.example.org, https://example.org/",
    "*.example.org, https://badexample.org/",
    "https://example.org, http://example.org/",
    "https://example.org, https://example.org:8443/",
    "192.0.2.1, http://192.0.2.10/",
    "[2001:db8::1]:8080, http://[2001:db8::1]/",
    "all.example, http://all/"
  })
  void coversNoOtherHosts(String hosts, String url) {
    assertThat(covers(hosts, url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,,b",
        "a b",
        "*",
        "*.",
        "*.*.example.org",
        "a.*.org",
        ".example.org",
        "user@example.org",
        "example.org/path",
        "https://example.org/path",
        "ftp://example.org",
        "example.org:",
        "example.org:99999",
        "*.192.0.2.1",
        "1.2.3.4.5",
        "[::1",
        "a?b",
        "a#b"
      })
  void refusesWhatIsNoHost(String hosts) {
    assertThatThrownBy(() -> CredentialScope.parse(hosts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a host such as example.org");
  }

  private static boolean follow(CredentialScope scope, String from, String to) {
    return scope.covers(HttpUrl.get(to), HttpUrl.get(from));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/, http://a.example/2, true",
    "http://a.example/, https://a.example/, true",
    "https://a.example/, https://b.example:8443/, true",
    "http://c.example/, http://b.example/, true",
    "http://a.example/, http://c.example/, false",
    "https://a.example/, http://a.example/, false",
    "https://a.example/, http://b.example/, false"
  })
  void followARedirectToNamedHostsButNotFromHttpsToHttp(String from, String to, boolean expected) {
    assertThat(follow(CredentialScope.parse("a.example,b.example"), from, to)).isEqualTo(expected);
  }

  @Test
  void stayWithAnOriginThatIsNotNamed() {
    CredentialScope given =
        CredentialScope.ofUrls(List.of("http://a.example/x", "nonsense://", "https://b.example/"));
    for (CredentialScope scope : List.of(CredentialScope.ALL, given)) {
      assertThat(follow(scope, "http://a.example/1", "http://a.example/2")).isTrue();
      assertThat(follow(scope, "http://a.example/", "https://a.example/")).isFalse();
      assertThat(follow(scope, "http://a.example/", "https://b.example/")).isFalse();
      assertThat(follow(scope, "http://a.example/", "http://a.example:8080/")).isFalse();
    }
    assertThat(follow(given, "http://c.example/", "http://c.example/")).isFalse();
  }
}
