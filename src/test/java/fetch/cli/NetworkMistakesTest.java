package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of the network's options that are refused. */
class NetworkMistakesTest {
  private static final String NOWHERE = MissingPath.FILE.toString();

  private static Arguments mistake(String complaint, String... arguments) {
    return Arguments.of(complaint, arguments);
  }

  static Stream<Arguments> mistakesOfTls() {
    return Stream.of(
        mistake("'--tls-max': TLS 1.1 is not supported; 1.2 and 1.3 are", "--tls-max=1.1"),
        mistake("'--tls-max': '2' is not 1.2 or 1.3", "--tls-max=2"),
        mistake("--tlsv1.3 and --tls-max=1.2 leave no version", "--tlsv1.3", "--tls-max=1.2"),
        mistake(
            "'--ciphers': 'RC4-MD5' is not one of ECDHE-ECDSA-", "--ciphers=AES128-SHA:RC4-MD5"),
        mistake("'--ciphers': '' is not one of", "--ciphers="),
        mistake("whose cipher suites cannot be chosen", "--ciphers=TLS_AES_128_GCM_SHA256"),
        mistake(
            "--pinnedpubkey: 'sha256//AA==' is not sha256// and", "--pinnedpubkey=sha256//AA=="),
        mistake(
            "--pinnedpubkey: 'x' is not sha256// and",
            "--pinnedpubkey=sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;x"),
        mistake("--pinnedpubkey: " + NOWHERE + ": no such file", "--pinnedpubkey=" + NOWHERE));
  }

  static Stream<Arguments> mistakesOfProxies() {
    return Stream.of(
        mistake("--proxy: 'socks4a' proxies are not supported; http,", "--proxy=socks4a://h"),
        mistake("--proxy: 'https' proxies are not supported; http,", "--proxy=https://h"),
        mistake("--socks5: the proxy's port is not between 1", "--socks5=h:0"),
        mistake("--socks5-hostname: the proxy is not HOST[:PORT]", "--socks5-hostname=:1"),
        mistake("only one of --proxy, --socks5 and", "--socks5=h", "--socks5-hostname=h"),
        mistake("--proxy-header: a colon is missing", "--proxy-header=X"),
        mistake("--proxy-header: fetch sets Connection itself", "--proxy-header=Connection: x"));
  }

  static Stream<Arguments> mistakesOfRoutes() {
    return Stream.of(
        mistake("'a:80:b' is not HOST1:PORT1:HOST2:PORT2", "--connect-to=a:80:b"),
        mistake("'--interface': '192.0.2.1' has no address of this", "--interface=192.0.2.1"),
        mistake("'--interface': this machine has no interface 'x0'", "--interface=if!x0"),
        mistake("--interface has no IPv6 address", "--interface=127.0.0.1", "-6"),
        mistake("'dns.example' is not an address such as", "--dns-servers=dns.example"),
        mistake("'--doh-url': 'http://a/' is not an https URL", "--doh-url=http://a/"),
        mistake("cannot be combined", "--dns-servers=::1", "--doh-url=https://a/"),
        mistake("'--limit-rate': 'fast' is not a size", "--limit-rate=fast"));
  }

  @ParameterizedTest
  @MethodSource({"mistakesOfTls", "mistakesOfProxies", "mistakesOfRoutes"})
  void saysWhichOptionIsWrongAndWhy(String complaint, String... arguments) {
    Ended ended = InProcess.fetch("http://127.0.0.1:9/", arguments);
    assertThat(ended.err()).startsWith("fetch: ").contains(complaint);
    assertThat(ended.err().lines()).hasSize(2);
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }
}
