package fetch.http.url;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.input.Shard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostGroupTest {
  @ParameterizedTest
  @CsvSource({
    "example.org, example.org",
    "www.example.org, example.org",
    "a.b.example.co.uk, example.co.uk",
    "www.example.org., example.org",
    "a.github.io, a.github.io",
    "x.a.github.io, a.github.io",
    "www.city.kawasaki.jp, city.kawasaki.jp",
    "a.b.c.kawasaki.jp, b.c.kawasaki.jp",
    "shop.xn--85x722f.com.cn, xn--85x722f.com.cn",
    "www.unknown.tld-of-nobody, unknown.tld-of-nobody",
    "my_host.example.org, example.org",
  })
  void aDomainHasAllHostsBelowIt(String host, String domain) {
    assertThat(HostGroup.DOMAIN.of(host)).isEqualTo(domain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "fe80::1", "co.uk", "com", "github.io"})
  void whatHasNoDomainIsByItself(String host) {
    assertThat(HostGroup.DOMAIN.of(host)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"www.example.org", "example.org.", "127.0.0.1"})
  void aHostIsByItself(String host) {
    assertThat(HostGroup.HOST.of(host)).isEqualTo(host);
  }

  /** Machines that run different versions may share a list. */
  @ParameterizedTest
  @CsvSource({"example.org, 64, 42", "example.co.uk, 7, 5", "localhost, 3, 3"})
  void thePartOfAKeyNeverChanges(String key, int count, int part) {
    assertThat(Shard.indexOf(key, count)).isEqualTo(part);
  }
}
