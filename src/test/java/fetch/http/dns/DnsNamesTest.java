package fetch.http.dns;

import static fetch.http.dns.FakeDnsServer.A;
import static fetch.http.dns.FakeDnsServer.AAAA;
import static fetch.http.dns.FakeDnsServer.CNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import fetch.http.dns.FakeDnsServer.Asked;
import fetch.http.dns.FakeDnsServer.Reply;
import fetch.http.dns.FakeDnsServer.Resource;
import fetch.http.dns.FakeDnsServer.Script;
import fetch.http.settings.NetworkSettings.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DnsNamesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IMPATIENCE = Duration.ofMillis(100);
  private static final int SERVFAIL = 2;
  private static final int NXDOMAIN = 3;

  @TempDir private Path directory;

  private static List<InetAddress> addresses(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).toList();
  }

  private static DnsNames names(Duration patience, FakeDnsServer... servers) {
    List<InetSocketAddress> all = Stream.of(servers).map(FakeDnsServer::address).toList();
    return new DnsNames(new DnsServers(all, patience), AddressFamily.ANY, null);
  }

  /** Responds to queries for IPv4 addresses, and has no others. */
  private static Script ipv4(Reply reply) {
    return asked -> asked.type() == A ? reply : Reply.of();
  }

  private static FailedTransfer failure(DnsNames names, String host) {
    return (FailedTransfer)
        catchThrowableOfType(UnknownHostException.class, () -> names.find(host)).getCause();
  }

  private static void assertFailure(DnsNames names, FailureKind kind, String sentence) {
    FailedTransfer failure = failure(names, "a.example");
    assertThat(failure.sentence()).isEqualTo(sentence);
    assertThat(failure.kind()).isEqualTo(kind);
  }

  @Test
  void findsAddressesOfBothVersions() throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(asked ->
            asked.type() == A
                ? Reply.of(
                    new Resource("a.example", A, 300, "192.0.2.1"),
                    new Resource("a.example", A, 200, "192.0.2.2"))
                : Reply.of(new Resource("a.example", AAAA, 100, "2001:db8::1")))) {
      NameService.Found found = names(PATIENCE, server).find("a.example");
      assertThat(found.addresses())
          .containsExactlyInAnyOrderElementsOf(addresses("192.0.2.1", "192.0.2.2", "2001:db8::1"));
      assertThat(found.kept()).isEqualTo(Duration.ofSeconds(100));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1000000000, 3600", "-1, 1"})
  void keepsThemForASecondToAnHour(int seconds, int kept) throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(ipv4(Reply.of(new Resource("a.example", A, seconds, "192.0.2.1"))))) {
      assertThat(names(PATIENCE, server).find("a.example").kept())
          .isEqualTo(Duration.ofSeconds(kept));
    }
  }

  @Test
  void followsAliasesWithinAResponse() throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(
            ipv4(
                Reply.of(
                    new Resource("C.example", A, 60, "192.0.2.3"),
                    new Resource("a.example", CNAME, 9, "b.example"),
                    new Resource("other.example", A, 60, "192.0.2.9"),
                    new Resource("b.example", CNAME, 60, "c.EXAMPLE"))))) {
      NameService.Found found = names(PATIENCE, server).find("a.example");
      assertThat(found.addresses()).isEqualTo(addresses("192.0.2.3"));
      assertThat(found.kept()).isEqualTo(Duration.ofSeconds(9));
    }
  }

  @Test
  void asksForTheEndOfAliasesThatIsMissing() throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(asked ->
            asked.name().equals("a.example")
                ? Reply.of(new Resource("a.example", CNAME, 60, "b.example"))
                : Reply.of(new Resource("b.example", A, 60, "192.0.2.2")))) {
      assertThat(names(PATIENCE, server).lookup("a.example")).isEqualTo(addresses("192.0.2.2"));
    }
  }

  @Test
  void endsALoopOfAliases() throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(asked ->
            Reply.of(
                new Resource(
                    asked.name(),
                    CNAME,
                    60,
                    asked.name().equals("a.example") ? "b.example" : "a.example")))) {
      assertFailure(
          names(PATIENCE, server), FailureKind.DNS, "a.example: too many aliases (CNAME)");
    }
  }

  @Test
  void saysWhyThereIsNoAddress() throws IOException {
    try (FakeDnsServer none = new FakeDnsServer(asked -> Reply.failing(NXDOMAIN));
        FakeDnsServer empty = new FakeDnsServer(asked -> Reply.of())) {
      assertFailure(
          names(PATIENCE, none), FailureKind.DNS, "a.example: there is no such name (NXDOMAIN)");
      assertFailure(names(PATIENCE, empty), FailureKind.DNS, "a.example: no address");
    }
  }

  @Test
  void aFailureOfTheServerIsTemporary() throws IOException {
    try (FakeDnsServer server = new FakeDnsServer(asked -> Reply.failing(SERVFAIL))) {
      assertFailure(
          names(PATIENCE, server),
          FailureKind.DNS_TEMPORARY,
          "a.example: the DNS server 127.0.0.1:"
              + server.address().getPort()
              + " failed (SERVFAIL)");
    }
  }

  @Test
  void asksTheNextServerWhereOneFailsOrIsSilentOrNotThere() throws IOException {
    FakeDnsServer gone = new FakeDnsServer(asked -> null);
    InetSocketAddress nobody = gone.address();
    gone.close();
    try (FakeDnsServer silent = new FakeDnsServer(asked -> null);
        FakeDnsServer failing = new FakeDnsServer(asked -> Reply.failing(SERVFAIL));
        FakeDnsServer good =
            new FakeDnsServer(ipv4(Reply.of(new Resource("a.example", A, 60, "192.0.2.1"))))) {
      DnsNames names =
          new DnsNames(
              new DnsServers(
                  List.of(nobody, silent.address(), failing.address(), good.address()),
                  Duration.ofMillis(500)),
              AddressFamily.ANY,
              null);
      assertThat(names.lookup("a.example")).isEqualTo(addresses("192.0.2.1"));
    }
  }

  @Test
  void aSilentServerIsAskedTwice() throws IOException {
    try (FakeDnsServer server = new FakeDnsServer(asked -> null)) {
      assertFailure(
          names(IMPATIENCE, server),
          FailureKind.DNS_TEMPORARY,
          "a.example: no response from the DNS server 127.0.0.1:"
              + server.address().getPort()
              + " within 100ms");
      assertThat(server.queries()).hasSize(4);
    }
  }

  @Test
  void oneVersionIsEnoughWhereTheOtherIsNotAnswered() throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(asked ->
            asked.type() == A ? Reply.of(new Resource("a.example", A, 60, "192.0.2.1")) : null)) {
      assertThat(names(Duration.ofMillis(500), server).lookup("a.example"))
          .isEqualTo(addresses("192.0.2.1"));
    }
  }

  @Test
  void asksAgainByTcpForWhatDoesNotFit() throws IOException {
    try (FakeDnsServer server =
        new FakeDnsServer(asked -> {
          Resource[] entries = new Resource[200];
          for (int i = 0; i < entries.length; i++) {
            entries[i] = new Resource("a.example", A, 60, "192.0.2." + i);
          }
          return asked.type() == AAAA
              ? Reply.of()
              : asked.tcp() ? Reply.of(entries) : new Reply(0, true, List.of(entries[0]));
        })) {
      assertThat(names(PATIENCE, server).lookup("a.example")).hasSize(200);
      assertThat(server.queries()).contains(new Asked("a.example", A, true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "x.localhost"})
  void localhostIsNotAskedFor(String host) throws IOException {
    try (FakeDnsServer server = new FakeDnsServer(asked -> null)) {
      assertThat(names(PATIENCE, server).lookup(host)).isEqualTo(addresses("127.0.0.1", "::1"));
      assertThat(server.queries()).isEmpty();
    }
  }

  @Test
  void theFileOfHostsComesFirst() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("hosts"),
            "# hosts\nnonsense here\n192.0.2.7\tHere.example a.example # first\n"
                + "2001:db8::7 a.example\n");
    try (FakeDnsServer server = new FakeDnsServer(asked -> Reply.failing(NXDOMAIN))) {
      DnsNames names =
          new DnsNames(
              new DnsServers(List.of(server.address()), PATIENCE),
              AddressFamily.ANY,
              new HostsFile(file));
      assertThat(names.lookup("a.example")).isEqualTo(addresses("192.0.2.7", "2001:db8::7"));
      assertThat(names.lookup("here.example.")).isEqualTo(addresses("192.0.2.7"));
      assertThat(server.queries()).isEmpty();
      assertThat(failure(names, "first").sentence()).contains("NXDOMAIN");
    }
  }

  @Test
  void asksForTheWantedVersionOnly() throws IOException {
    try (FakeDnsServer server = new FakeDnsServer(asked -> Reply.of())) {
      DnsServers servers = new DnsServers(List.of(server.address()), PATIENCE);
      failure(new DnsNames(servers, AddressFamily.IPV6, null), "a.example");
      assertThat(server.queries()).containsExactly(new Asked("a.example", AAAA, false));
    }
  }

  @Test
  void aNameThatTheDnsCannotHaveIsNotAskedFor() throws IOException {
    try (FakeDnsServer server = new FakeDnsServer(asked -> Reply.of())) {
      assertThat(failure(names(PATIENCE, server), "x".repeat(64) + ".example").sentence())
          .endsWith(": not a name that the DNS can have");
      assertThat(server.queries()).isEmpty();
    }
  }
}
