package fetch.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedAddressTest {
  @ParameterizedTest
  @CsvSource({
    "a.example:80:127.0.0.2, a.example, 80, 127.0.0.2",
    "A.Example:443:10.0.0.1, a.example, 443, 10.0.0.1",
    "+a.example:80:127.0.0.2, a.example, 80, 127.0.0.2",
    "*:80:127.0.0.2, anything.example, 80, 127.0.0.2",
    "a.example:80:::1, a.example, 80, ::1",
    "a.example:80:[::1], a.example, 80, ::1",
    "[fe80::1]:80:127.0.0.1, fe80::1, 80, 127.0.0.1",
    "[FE80:0::1]:80:127.0.0.1, fe80::1, 80, 127.0.0.1",
    "Bücher.example:80:127.0.0.1, xn--bcher-kva.example, 80, 127.0.0.1",
    "a_b-.example:80:127.0.0.1, a_b-.example, 80, 127.0.0.1",
    "127.1:80:127.0.0.2, 127.0.0.1, 80, 127.0.0.2",
    "a{b}:80:127.0.0.2, a{b}, 80, 127.0.0.2"
  })
  void isForOneHostAndPort(String rule, String host, int port, String address) {
    FixedAddress fixed = FixedAddress.parse(rule);
    assertThat(fixed.matches(host, port)).isTrue();
    assertThat(fixed.matches(host, port + 1)).isFalse();
    assertThat(fixed.addresses()).containsExactly(InetAddress.ofLiteral(address));
  }

  @Test
  void isNotForOtherHosts() {
    FixedAddress fixed = FixedAddress.parse("a.example:80:127.0.0.2");
    assertThat(fixed.matches("b.example", 80)).isFalse();
    assertThat(fixed.matches("www.a.example", 80)).isFalse();
  }

  @Test
  void mayHaveSeveralAddresses() {
    assertThat(FixedAddress.parse("a.example:80:127.0.0.2, [::1],127.0.0.3").addresses())
        .containsExactly(
            InetAddress.ofLiteral("127.0.0.2"),
            InetAddress.ofLiteral("::1"),
            InetAddress.ofLiteral("127.0.0.3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "a.example:80",
        "a.example:80:",
        "a.example:x:127.0.0.1",
        "a.example:80:b.example",
        "a.example:80:127.0.0.1,",
        ":80:127.0.0.1",
        "a.example:99999:127.0.0.1",
        "a.example:0:127.0.0.1",
        "a.example:80:999.0.0.1",
        "-a.example:80"
      })
  void anythingElseIsRefused(String rule) {
    assertThatThrownBy(() -> FixedAddress.parse(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'");
  }
}
