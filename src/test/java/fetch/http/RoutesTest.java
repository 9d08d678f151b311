package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.dns.NameService;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address a request goes to. */
class RoutesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private static NameService always(String... literals) {
    return host -> Arrays.stream(literals).map(RoutesTest::address).toList();
  }

  private static void assertAnsweredBy(Attempt attempt, String ip) {
    assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
    assertThat(attempt.peer().ip()).isEqualTo(ip);
  }

  private static String named(RawServer server) {
    return "http://www.example.org:" + server.port() + "/";
  }

  @Test
  void aNameIsLookedUp() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Attempt attempt = Exchanges.byDefault().names(always("127.0.0.1")).fetch(named(server));
      assertAnsweredBy(attempt, "127.0.0.1");
      assertThat(attempt.timings().namelookup()).isPositive();
      assertThat(attempt.timings().connect()).isGreaterThan(attempt.timings().namelookup());
    }
  }

  @Test
  @DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
  void aFixedAddressGoesBeforeTheLookUp() throws IOException {
    try (RawServer server = RawServer.startAt(address("127.0.0.2"), 0, answering())) {
      Exchanges exchanges =
          Exchanges.byDefault()
              .names(always("127.0.0.1"))
              .resolve("www.EXAMPLE.org:" + server.port() + ":127.0.0.2");
      assertAnsweredBy(exchanges.fetch(named(server)), "127.0.0.2");
      assertThat(server.requests().getFirst())
          .contains("\r\nHost: www.example.org:" + server.port() + "\r\n");
      assertThat(exchanges.failure("http://www.example.org:1/").kind())
          .isEqualTo(FailureKind.CONNECT);
    }
  }

  private static RawServer.Script answering() {
    return connection -> {
      while (connection.readRequest() != null) {
        connection.send(OK);
      }
    };
  }

  @Test
  @DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
  void aFixedAddressMayBeForAnyHost() throws IOException {
    try (RawServer server = RawServer.startAt(address("127.0.0.2"), 0, answering())) {
      assertAnsweredBy(
          Exchanges.byDefault().resolve("*:" + server.port() + ":127.0.0.2").fetch(named(server)),
          "127.0.0.2");
    }
  }

  @Test
  void onlyAddressesOfTheFamilyAreUsed() throws IOException {
    NameService both = always("127.0.0.1", "::1");
    try (RawServer four = RawServer.startAt(address("127.0.0.1"), 0, answering());
        RawServer six = RawServer.startAt(address("::1"), four.port(), answering())) {
      assertAnsweredBy(
          Exchanges.byDefault().names(both).family(AddressFamily.IPV4).fetch(named(four)),
          "127.0.0.1");
      assertAnsweredBy(
          Exchanges.byDefault().names(both).family(AddressFamily.IPV6).fetch(named(six)), "::1");
    }
  }

  @Test
  void aNameWithoutAnAddressOfTheFamilyIsADnsFailure() {
    Outcome.Failed failure =
        Exchanges.byDefault()
            .names(always("127.0.0.1"))
            .family(AddressFamily.IPV6)
            .failure("http://www.example.org/");
    assertThat(failure.kind()).isEqualTo(FailureKind.DNS);
    assertThat(failure.message()).isEqualTo("www.example.org: no IPv6 address");
  }

  @Test
  void anIpv6LiteralIsFetchedFrom() throws IOException {
    try (RawServer server = RawServer.startAt(address("::1"), 0, answering())) {
      Attempt attempt =
          Exchanges.byDefault()
              .family(AddressFamily.IPV6)
              .fetch("http://[::1]:" + server.port() + "/");
      assertAnsweredBy(attempt, "::1");
      assertThat(server.requests().getFirst()).contains("\r\nHost: [::1]:" + server.port());
    }
  }

  @Test
  void connectFallsOverToTheNextAddress() throws IOException {
    try (RawServer server = RawServer.startAt(address("127.0.0.3"), 0, answering())) {
      Attempt attempt =
          Exchanges.byDefault()
              .names(always("127.0.0.1", "127.0.0.2", "127.0.0.3"))
              .fetch(named(server));
      assertAnsweredBy(attempt, "127.0.0.3");
    }
  }

  /** Once a request is under way it is never sent to another address, whatever becomes of it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "garbage\r\n\r\n", "HTTP/1.1 500 Broken\r\n\r\n"})
  void aRequestIsNeverSentToASecondAddress(String answer) throws IOException {
    RawServer.Script script =
        connection -> {
          connection.readRequest();
          connection.send(answer);
        };
    try (RawServer one = RawServer.startAt(address("127.0.0.1"), 0, script);
        RawServer other = RawServer.startAt(address("127.0.0.2"), one.port(), script)) {
      Exchanges.byDefault().names(always("127.0.0.1", "127.0.0.2")).fetch(named(one));
      assertThat(one.requests().size() + other.requests().size()).isEqualTo(1);
    }
  }

  @Test
  void aNameIsLookedUpOnceForManyRequests() throws IOException {
    AtomicInteger lookups = new AtomicInteger();
    NameService counting =
        host -> {
          lookups.incrementAndGet();
          return List.of(address("127.0.0.1"));
        };
    try (RawServer server = RawServer.answeringOnce("HTTP/1.1 200 OK\r\n\r\n");
        OkHttpExchange exchange = Exchanges.byDefault().names(counting).build()) {
      for (int i = 0; i < 5; i++) {
        exchange.execute(Exchanges.request(named(server)));
      }
      assertThat(server.connections()).isEqualTo(5);
      assertThat(lookups).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.1", "2130706433", "127.0.1"})
  void shortFormsOfAddressesAreAddresses(String host) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      assertAnsweredBy(
          Exchanges.byDefault().fetch("http://" + host + ":" + server.port() + "/"), "127.0.0.1");
    }
  }

  @Test
  void aUnixSocketTakesThePlaceOfEveryHost(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("socket");
    List<String> heads = new CopyOnWriteArrayList<>();
    try (ServerSocketChannel server = unixServer(path, heads);
        OkHttpExchange exchange = Exchanges.byDefault().unixSocket(path).build()) {
      for (String url : List.of("http://a.example/1", "http://b.example/2", "http://[::1]:9/3")) {
        Attempt attempt = exchange.execute(Exchanges.request(url));
        assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
        assertThat(attempt.body().downloaded()).isEqualTo(2);
        assertThat(attempt.peer().ip()).isNull();
        assertThat(attempt.peer().port()).isZero();
      }
      assertThat(server.isOpen()).isTrue();
      assertThat(heads)
          .extracting(
              head -> head.lines().filter(line -> line.startsWith("Host")).findFirst().get())
          .containsExactly("Host: a.example", "Host: b.example", "Host: [::1]:9");
    }
  }

  /** Serves one request per connection. */
  private static ServerSocketChannel unixServer(Path path, List<String> heads) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread.ofVirtual()
        .start(() -> {
          while (true) {
            try (SocketChannel client = server.accept()) {
              ByteBuffer buffer = ByteBuffer.allocate(4096);
              client.read(buffer);
              heads.add(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
              client.write(ByteBuffer.wrap(OK.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
              return;
            }
          }
        });
    return server;
  }

  @Test
  void aUnixSocketThatIsNotThereIsAConnectFailure(@TempDir Path folder) {
    Path path = folder.resolve("missing");
    for (String url : List.of("http://a.example/", "https://a.example/", "http://127.0.0.1/")) {
      Outcome.Failed failure = Exchanges.byDefault().unixSocket(path).failure(url);
      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
      assertThat(failure.message()).contains(path.toString()).doesNotContain("127.0.0.1");
    }
  }

  @Test
  void aNameIsNotLookedUpForAUnixSocket(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("socket");
    NameService none =
        host -> {
          throw new UnknownHostException(host);
        };
    try (ServerSocketChannel server = unixServer(path, new CopyOnWriteArrayList<>())) {
      assertThat(
              Exchanges.byDefault()
                  .names(none)
                  .proxy("127.0.0.1:1")
                  .version(HttpVersion.HTTP_1_1)
                  .unixSocket(path)
                  .fetch("http://a.example/")
                  .outcome())
          .isEqualTo(new Outcome.Responded(200));
      assertThat(server.isOpen()).isTrue();
    }
  }
}
