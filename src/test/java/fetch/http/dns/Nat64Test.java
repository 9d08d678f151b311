package fetch.http.dns;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.Exchanges;
import fetch.http.OkHttpExchange;
import fetch.http.RawServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A network whose NAT64 has a prefix of its own (RFC 7050), and --deny-private. */
@Timeout(60)
class Nat64Test {
  private static final String NAME = "ipv4only.arpa";

  /** How 192.0.0.170 looks below a prefix of 48 bits, and how 10.0.0.1 does. */
  private static final String WELL_KNOWN = "2a00:1098:2c:c000:0:aa00::";

  private static final String PRIVATE = "2a00:1098:2c:a00:0:100::";
  private static final String PUBLIC = "2a00:1098:2c:808:8:800::";

  private final List<String> lookups = Collections.synchronizedList(new ArrayList<>());

  private NameService names(Map<String, List<String>> known) {
    return host -> {
      lookups.add(host);
      List<String> addresses = known.getOrDefault(host, List.of());
      if (addresses.isEmpty()) {
        throw new UnknownHostException(host);
      }
      return addresses.stream().map(InetAddress::ofLiteral).toList();
    };
  }

  private static Exchanges guarded(NameService names) {
    return Exchanges.byDefault().denyPrivate().names(names).connectTimeout(Duration.ofMillis(500));
  }

  private static void assertRefused(Outcome.Failed failure, String message) {
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
  }

  /** Prefixes of 32, 40, 48, 56, 64 and 96 bits (RFC 6052, section 2.2). */
  @ParameterizedTest
  @CsvSource({
    "2a00:1098:c000:aa::, 2a00:1098:a00:1::",
    "2a00:1098:2c0:0:aa::, 2a00:1098:20a:0:1::",
    "2a00:1098:2c:c000:0:aa00::, 2a00:1098:2c:a00:0:100::",
    "2a00:1098:2c:5c0:0:aa::, 2a00:1098:2c:50a:0:1::",
    "2a00:1098:2c:5:c0:0:aa00:0, 2a00:1098:2c:5:a:0:100:0",
    "2a00:1098:2c:5:1:2:c000:aa, 2a00:1098:2c:5:1:2:a00:1",
    "2a00:1098:2c:5:1:2:c000:ab, 2a00:1098:2c:5:1:2:a00:1"
  })
  void anAddressBelowThePrefixCountsAsTheOneItHolds(String wellKnown, String address) {
    NameService names =
        names(Map.of(NAME, List.of("192.0.0.170", wellKnown), "inside.example", List.of(address)));
    assertRefused(
        guarded(names).failure("http://inside.example/"),
        "inside.example is at " + address + ", a private address");
    assertRefused(
        guarded(names).failure("http://[" + address + "]/"), address + " is a private address");
    assertThat(PublicInternet.objection(InetAddress.ofLiteral(address))).isNull();
  }

  @Test
  void otherAddressesRemainPublic() {
    Nat64 nat64 = Nat64.of(List.of(InetAddress.ofLiteral(WELL_KNOWN)));
    assertThat(nat64.objection(ipv6(PRIVATE))).isEqualTo("a private address");
    assertThat(nat64.objection(ipv6(PUBLIC))).isNull();
    assertThat(nat64.objection(ipv6("2a00:1098:2d:a00:0:100::"))).isNull();
    assertThat(nat64.objection(ipv6("2a00:1098:2c:a9fe:a9:fe00::")))
        .isEqualTo("a cloud metadata address");
  }

  private static Inet6Address ipv6(String literal) {
    return (Inet6Address) InetAddress.ofLiteral(literal);
  }

  @Test
  void withoutItsPrefixThereIsNone() {
    assertThat(Nat64.of(List.of(InetAddress.ofLiteral("192.0.0.170")))).isSameAs(Nat64.NONE);
    assertThat(Nat64.of(List.of(InetAddress.ofLiteral("2a00:1098::1")))).isSameAs(Nat64.NONE);
    assertThat(Nat64.NONE.objection(ipv6(PRIVATE))).isNull();
  }

  /** The proxy stands for the network, which tests do not go to. */
  @Test
  void theNameIsLookedUpOnceAndOnlyWhereAnIpv6AddressIsPublic() throws IOException {
    NameService names = names(Map.of(NAME, List.of("192.0.0.170", WELL_KNOWN)));
    try (RawServer proxy = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        OkHttpExchange exchange =
            guarded(names).proxy("http://127.0.0.1:" + proxy.port()).build()) {
      for (String host : List.of("www.example.org", "8.8.8.8", "[::1]", "10.0.0.1")) {
        exchange.execute(Exchanges.request("http://" + host + "/"));
      }
      assertThat(lookups).isEmpty();
      for (int i = 0; i < 3; i++) {
        assertRefused(
            Exchanges.failed(exchange.execute(Exchanges.request("http://[" + PRIVATE + "]/"))),
            PRIVATE + " is a private address");
        assertThat(exchange.execute(Exchanges.request("http://[" + PUBLIC + "]/")).outcome())
            .isEqualTo(new Outcome.Responded(200));
      }
      assertThat(lookups).containsExactly(NAME);
    }
  }

  @Test
  void itIsNotLookedForUnlessPrivateAddressesAreDenied() throws IOException {
    try (RawServer proxy = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      Attempt attempt =
          Exchanges.byDefault()
              .names(names(Map.of()))
              .proxy("http://127.0.0.1:" + proxy.port())
              .fetch("http://[" + PRIVATE + "]/");
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(lookups).isEmpty();
    }
  }

  @Test
  void aNetworkThatDoesNotKnowTheNameHasNone() throws IOException {
    try (RawServer proxy = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        OkHttpExchange exchange =
            guarded(names(Map.of())).proxy("http://127.0.0.1:" + proxy.port()).build()) {
      for (int i = 0; i < 2; i++) {
        assertThat(exchange.execute(Exchanges.request("http://[" + PRIVATE + "]/")).outcome())
            .isEqualTo(new Outcome.Responded(200));
      }
      assertThat(lookups).containsExactly(NAME);
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void theLookupEndsWithTheConnectTimeout(Exchanges.Way way) {
    CountDownLatch end = new CountDownLatch(1);
    NameService hanging =
        host -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (OkHttpExchange exchange = guarded(hanging).build()) {
      CompletableFuture<Attempt> attempt =
          way.start(exchange, Exchanges.request("http://[" + PRIVATE + "]/"));
      Outcome.Failed failure = Exchanges.failed(attempt.join());
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(failure.message()).isEqualTo("the name was not resolved within 0.5s");
    } finally {
      end.countDown();
    }
  }
}
