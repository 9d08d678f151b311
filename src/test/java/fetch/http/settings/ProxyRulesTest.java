package fetch.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRulesTest {
  private static String proxy(ProxyRules rules, String scheme, String host) {
    ProxyServer server = rules.serverFor(scheme.equals("https"), host, 80);
    return server == null ? "none" : server.address().toString().replace("/<unresolved>", "");
  }

  private static ProxyRules environment(Map<String, String> variables) {
    return new ProxyRules(null, null, variables);
  }

  @Test
  void withoutAnyThereIsNone() {
    assertThat(proxy(environment(Map.of()), "http", "a.example")).isEqualTo("none");
  }

  @Test
  void eachSchemeHasItsVariable() {
    ProxyRules rules =
        environment(Map.of("http_proxy", "one:1", "https_proxy", "two:2", "all_proxy", "three:3"));
    assertThat(proxy(rules, "http", "a.example")).isEqualTo("one:1");
    assertThat(proxy(rules, "https", "a.example")).isEqualTo("two:2");
  }

  @Test
  void oneVariableIsForAllTheOthersAreNotFor() {
    ProxyRules rules = environment(Map.of("ALL_PROXY", "three:3", "HTTPS_PROXY", "two:2"));
    assertThat(proxy(rules, "http", "a.example")).isEqualTo("three:3");
    assertThat(proxy(rules, "https", "a.example")).isEqualTo("two:2");
  }

  /** A web server hands a request's Proxy header to its programs under that name. */
  @Test
  void httpProxyInCapitalsIsNotTrusted() {
    assertThat(proxy(environment(Map.of("HTTP_PROXY", "evil:1")), "http", "a.example"))
        .isEqualTo("none");
  }

  @Test
  void theOptionGoesBeforeTheEnvironment() {
    Map<String, String> variables = Map.of("http_proxy", "one:1", "no_proxy", "a.example");
    assertThat(proxy(new ProxyRules("mine:9", "", variables), "http", "a.example"))
        .isEqualTo("mine:9");
    assertThat(proxy(new ProxyRules("mine:9", null, variables), "http", "a.example"))
        .isEqualTo("none");
    assertThat(proxy(new ProxyRules("", null, variables), "http", "b.example")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, true",
    "example.org, www.example.org, true",
    ".example.org, www.example.org, true",
    ".example.org, example.org, true",
    "Example.ORG, www.example.org, true",
    "example.org, badexample.org, false",
    "example.org, example.org.evil, false",
    "*, anything.example, true",
    "'a.example, b.example', b.example, true",
    "'a.example b.example', a.example, true",
    "'', a.example, false",
    "',,', a.example, false",
    "localhost, localhost, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.0/8, 127.1.2.3, true",
    "127.0.0.0/8, 128.0.0.1, false",
    "10.0.0.0/9, 10.127.0.1, true",
    "10.0.0.0/9, 10.128.0.1, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "127.0.0.0/8, a.example, false",
    "fe80::/10, fe80::1, true",
    "fe80::/10, fec0::1, false",
    "::1, ::1, true",
    "[::1], ::1, true",
    "10.0.0.0/99, 10.0.0.1, false",
    "10.0.0.0/x, 10.0.0.1, false",
    "10.0.0.0/-1, 11.0.0.1, false",
    "x/8, 10.0.0.1, false"
  })
  void someHostsNeedNone(String exempt, String host, boolean expected) {
    String proxy = proxy(new ProxyRules("p:1", exempt, Map.of()), "http", host);
    assertThat(proxy.equals("none")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org., www.example.org, true",
    "example.org, example.org., true",
    ".example.org., www.example.org., true",
    "*.example.org, www.example.org, true",
    "*.example.org, a.b.example.org, true",
    "*.example.org, example.org, false",
    "*.example.org, badexample.org, false",
    "*example.org, badexample.org, false",
    "example.org:80, example.org, true",
    "example.org:80, www.example.org, true",
    "example.org:8080, example.org, false",
    "*:80, a.example, true",
    "*:81, a.example, false",
    "127.0.0.1:80, 127.0.0.1, true",
    "127.0.0.1:81, 127.0.0.1, false",
    "0.0.1, 127.0.0.1, false",
    "127.0.0.1, 1.127.0.0.1.example, false",
    "example.1, 10.0.0.1, false",
    "0:0:0:0:0:0:0:1, ::1, true",
    "::0001, ::1, true",
    "FE80::A, fe80::a, true",
    "[FE80:0::A], fe80::a, true",
    "[::1]:80, ::1, true",
    "[::1]:81, ::1, false",
    "::1, ::2, false",
    "[fe80::1%eth0], fe80::1, true",
    "2001:DB8::/32, 2001:db8::5, true",
    "., a.example, false",
    "*, 127.0.0.1, true",
    "*, ::1, true"
  })
  void namesMatchAtDotsAndAddressesInAnySpelling(String exempt, String host, boolean expected) {
    String proxy = proxy(new ProxyRules("p:1", exempt, Map.of()), "http", host);
    assertThat(proxy.equals("none")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.example, HTTP, proxy.example, 1080",
    "proxy.example:3128, HTTP, proxy.example, 3128",
    "http://proxy.example:3128/, HTTP, proxy.example, 3128",
    "http://jo:p%40ss@proxy.example:3128, HTTP, proxy.example, 3128",
    "http://jo:p@ss@proxy.example:3128, HTTP, proxy.example, 3128",
    "http://my_proxy:3128, HTTP, my_proxy, 3128",
    "my_proxy, HTTP, my_proxy, 1080",
    "http://jo:secret@my_proxy.example_net:3128/, HTTP, my_proxy.example_net, 3128",
    "-proxy-:3128, HTTP, -proxy-, 3128",
    "http://proxy.example:3128/path?query, HTTP, proxy.example, 3128",
    "proxy.example:, HTTP, proxy.example, 1080",
    "[::1], HTTP, ::1, 1080",
    "[fe80::1%25eth0]:3128, HTTP, fe80::1%eth0, 3128",
    "[fe80::1%eth0]:3128, HTTP, fe80::1%eth0, 3128",
    "socks5://[::1]:9050, SOCKS5, ::1, 9050",
    "SOCKS5H://proxy.example, SOCKS5H, proxy.example, 1080"
  })
  void aProxyHasAKindAHostAndAPort(String text, ProxyServer.Kind kind, String host, int port) {
    ProxyServer proxy = ProxyServer.parse(text);
    assertThat(proxy.kind()).isEqualTo(kind);
    assertThat(proxy.address()).isEqualTo(InetSocketAddress.createUnresolved(host, port));
  }

  @Test
  void aLoginIsDecodedAfterItIsSplit() {
    assertThat(ProxyServer.parse("jo%3An:p%40s:s+@proxy").credentials())
        .isEqualTo(new RequestSettings.Credentials("jo:n", "p@s:s+"));
    assertThat(ProxyServer.parse("jo:secret@proxy").toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://proxy",
        "https://proxy",
        "http://",
        "a b",
        "proxy:99999",
        "p:x",
        "p:-1",
        "p:+80",
        "p:0",
        "p:080801",
        "p:1:2",
        ":3128",
        "::1",
        "[::1",
        "[::1]x:80",
        "[my_proxy]:80",
        "jo@"
      })
  void whatIsNoProxyIsRefused(String text) {
    assertThatThrownBy(() -> new ProxyRules(text, null, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aComplaintShowsNoPassword() {
    assertThatThrownBy(() -> new ProxyRules("http://jo:secret@a b", null, Map.of()))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> new ProxyRules("http://jo:%zzsecret@a", null, Map.of()))
        .hasMessageNotContaining("secret");
  }
}
