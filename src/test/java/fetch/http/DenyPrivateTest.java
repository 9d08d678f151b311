package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.call.CurrentCall;
import fetch.http.dns.AttemptDns;
import fetch.http.dns.NameService;
import fetch.http.dns.Resolver;
import fetch.http.settings.FixedAddress;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenyPrivateTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static NameService always(String... literals) {
    return host -> Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
  }

  private static Exchanges guarded() {
    return Exchanges.byDefault().denyPrivate();
  }

  private static void assertRefused(Outcome.Failed failure, String message) {
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.kind().exitcode()).isEqualTo(7);
    assertThat(failure.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1 is a loopback address",
    "127.1, 127.0.0.1 is a loopback address",
    "2130706433, 127.0.0.1 is a loopback address",
    "0, 0.0.0.0 is an address of this network",
    "%31%32%37.0.0.1, 127.0.0.1 is a loopback address",
    "１２７。０。０。１, 127.0.0.1 is a loopback address",
    "[::1], ::1 is a loopback address",
    "[0:0:0:0:0:0:0:1], ::1 is a loopback address",
    "[::ffff:127.0.0.1], 127.0.0.1 is a loopback address",
    "[::ffff:7f00:1], 127.0.0.1 is a loopback address",
    "[64:ff9b::7f00:1], 64:ff9b::7f00:1 is a loopback address",
    "169.254.169.254, 169.254.169.254 is a cloud metadata address",
    "LocalHost, localhost is a loopback address",
    "localhost., localhost. is a loopback address",
    "www.localhost, www.localhost is a loopback address"
  })
  void anAddressIsRefusedHoweverItIsSpelled(String host, String message) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      assertRefused(guarded().failure("http://" + host + ":" + server.port() + "/"), message);
      assertThat(server.connections()).isZero();
    }
  }

  /** Some of them are addresses to inet_aton only, which the system may go by. */
  @ParameterizedTest
  @ValueSource(strings = {"0x7f.0.0.1", "0x7f000001", "0x7f.1"})
  void aNameThatTheSystemTakesForAnAddressIsNotReached(String host) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Outcome.Failed failure =
          guarded()
              .names(NameService.system())
              .failure("http://" + host + ":" + server.port() + "/");
      assertThat(failure.kind()).isIn(FailureKind.REFUSED, FailureKind.DNS);
      assertThat(server.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aNameIsRefusedForItsAddress(String scheme) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      assertRefused(
          guarded()
              .names(always("127.0.0.1", "10.0.0.1"))
              .failure(scheme + "://intranet.example:" + server.port() + "/"),
          "intranet.example is at 127.0.0.1, a loopback address");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aFixedAddressIsCheckedAsAnyOther() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      assertRefused(
          guarded()
              .resolve("a.example:" + server.port() + ":127.0.0.1")
              .failure("http://a.example:" + server.port() + "/"),
          "a.example is at 127.0.0.1, a loopback address");
    }
  }

  private static AttemptDns dns(Resolver resolver, FixedAddress... fixed) {
    return new AttemptDns(
        resolver,
        new NetworkSettings(
            new TlsSettings(false, null, null),
            new ProxyRules("", "", Map.of()),
            List.of(fixed),
            AddressFamily.ANY,
            HttpVersion.NEGOTIATED,
            null,
            true),
        new CurrentCall());
  }

  /** OkHttp connects to one of these and looks nothing up again: there is no second answer. */
  @Test
  void privateAddressesAmongOthersAreLeftOut() throws UnknownHostException {
    NameService names = always("10.0.0.1", "8.8.8.8", "::1", "2606:4700::1111", "169.254.169.254");
    try (Resolver resolver = new Resolver(names, 1, new FakeClock())) {
      assertThat(dns(resolver).lookup("mixed.example"))
          .containsExactly(
              InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700::1111"));
    }
  }

  @Test
  void anAddressThatWasPublicOnceIsCheckedAgain() throws UnknownHostException {
    FakeClock clock = new FakeClock();
    AtomicInteger lookups = new AtomicInteger();
    NameService rebinding =
        host -> always(lookups.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1").lookup(host);
    try (Resolver resolver = new Resolver(rebinding, 1, clock)) {
      AttemptDns dns = dns(resolver);
      assertThat(dns.lookup("a.example")).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
      clock.turn(java.time.Duration.ofHours(1));
      assertThatThrownBy(() -> dns.lookup("a.example"))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage("a.example is at 127.0.0.1, a loopback address");
    }
  }

  private static String redirectTo(String location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
  }

  /** The proxy stands for the public Internet, which tests do not go to. */
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:%d/, 127.0.0.1 is a loopback address",
    "http://[::1]:%d/, ::1 is a loopback address",
    "http://inside.example:%d/, 'inside.example is at 127.0.0.1, a loopback address'"
  })
  void everyHopIsChecked(String location, String message) throws IOException {
    try (RawServer inside = RawServer.answering(OK);
        RawServer proxy = RawServer.answering(redirectTo(location.formatted(inside.port())))) {
      Attempt attempt =
          guarded()
              .names(always("127.0.0.1"))
              .proxies(
                  new ProxyRules(
                      "127.0.0.1:" + proxy.port(), "inside.example,127.0.0.1,::1", Map.of()))
              .fetch("http://www.example.org/");
      assertRefused(failed(attempt), message);
      assertThat(attempt.requests().urlEffective()).isEqualTo(location.formatted(inside.port()));
      assertThat(attempt.requests().redirects()).isEqualTo(1);
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void theProxyItselfMayBeAnywhere() throws IOException {
    try (HttpProxy proxy = new HttpProxy(null);
        OkHttpExchange exchange =
            guarded()
                .names(always("127.0.0.1"))
                .proxy("proxy.example:" + proxy.address().substring("127.0.0.1:".length()))
                .build()) {
      Attempt attempt = exchange.execute(request("http://www.example.org/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.peer().ip()).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void noProxyIsAskedForAPrivateAddress(String kind) throws IOException {
    try (RawServer proxy = RawServer.answering(OK)) {
      Exchanges exchanges = guarded().proxy(kind + "://127.0.0.1:" + proxy.port());
      for (String scheme : List.of("http", "https")) {
        assertRefused(exchanges.failure(scheme + "://10.0.0.1/"), "10.0.0.1 is a private address");
      }
      assertThat(proxy.connections()).isZero();
    }
  }

  @Test
  void nothingIsRefusedUnlessAskedFor() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(Exchanges.byDefault().fetch(server.url("/")).outcome())
          .isEqualTo(new Outcome.Responded(200));
    }
  }
}
