package fetch.http;

import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Clock;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.Outcome;
import fetch.http.call.CallEvents;
import fetch.http.call.ConnectExhaustion;
import fetch.http.call.CurrentCall;
import fetch.http.connection.Clients;
import fetch.http.connection.ConnectionChoice;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.connection.Dialer;
import fetch.http.dns.AttemptDns;
import fetch.http.dns.NameService;
import fetch.http.dns.Resolver;
import fetch.http.reception.BodyBuffers;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.RequestSettings;
import fetch.http.settings.TlsSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this machine lacks is waited for, and never laid at a host's door. */
@Timeout(60)
class ConnectExhaustionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final int SOCKETS = 3;
  private static final String NO_PORT = "Cannot assign requested address";
  private static final String NO_FILE = "Too many open files";

  private final NetworkSettings network =
      new NetworkSettings(
          new TlsSettings(false, null, null),
          new ProxyRules("", "", Map.of()),
          List.of(),
          NetworkSettings.AddressFamily.ANY,
          NetworkSettings.HttpVersion.NEGOTIATED,
          null,
          false);
  private final RequestSettings settings =
      new RequestSettings(
          "GET", List.of(), "fetch/test", RequestSettings.Secrets.NONE, null, true, 20);
  private final Resolver resolver =
      new Resolver(host -> List.of(InetAddress.getLoopbackAddress()), 1, Clock.system());
  private final CurrentCall current = new CurrentCall();
  private final AttemptDns dns = new AttemptDns(resolver, network, current);
  private final DescriptorPool descriptors =
      new DescriptorPool(new Descriptors(SOCKETS, SOCKETS, 1));
  private final Clients clients =
      new Clients(
          network,
          Dialer.direct(dns, network.routes(), null),
          current,
          List.of(),
          16,
          descriptors,
          false);

  @AfterEach
  void close() {
    clients.close();
    resolver.close();
  }

  private Transfer transfer(String url, Duration connectTimeout, Duration maxTime) {
    AttemptLimits limits = new AttemptLimits(connectTimeout, maxTime, Long.MAX_VALUE, null, 0);
    return new Transfer(
        request(url),
        new Context(
            new Requests(settings),
            clients,
            current,
            new BodyBuffers(),
            new ExchangeSettings(settings, limits, network),
            Clock.system(),
            Collaborators.NONE));
  }

  private Transfer patient(RawServer server) {
    return transfer(server.url("/"), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  private Transfer impatient() {
    return transfer("http://127.0.0.1:9/", Duration.ofMillis(300), Duration.ofSeconds(30));
  }

  /** Says that a call failed in connecting, and returns the next one. */
  private static Call fail(Transfer transfer, Call call, IOException failure) {
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    CallEvents events = CallEvents.of(call.request());
    events.proxySelectStart(call, call.request().url());
    events.connectStart(call, remote, Proxy.NO_PROXY);
    events.connectFailed(call, remote, Proxy.NO_PROXY, null, failure);
    events.callFailed(call, failure);
    return transfer.next(failure);
  }

  private static Outcome.Failed failed(Transfer transfer) {
    return Exchanges.failed(transfer.attempt());
  }

  /** As long as it lasts. */
  private static void exhaust(Transfer transfer, IOException failure) {
    for (Call call = transfer.first(); call != null; call = fail(transfer, call, failure)) {
      assertThat(call.isCanceled()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NO_FILE, "Too many open files in system", "No buffer space available"})
  void isWaitedFor(String message) throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Transfer transfer = patient(server);
      Call call = transfer.first();
      for (int i = 0; i < 3; i++) {
        call = fail(transfer, call, new SocketException(message));
      }
      assertThat(transfer.next(call.execute())).isNull();
      assertThat(transfer.attempt().outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void aPortIsWaitedFor() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      Transfer transfer = patient(server);
      Call call = fail(transfer, transfer.first(), new BindException(NO_PORT));
      assertThat(transfer.next(call.execute())).isNull();
      assertThat(transfer.attempt().outcome()).isEqualTo(new Outcome.Responded(200));
    }
  }

  @Test
  void isNoFailureOfTheHostWhenItLasts() {
    Transfer transfer = impatient();
    exhaust(transfer, new SocketException(NO_FILE));
    assertThat(failed(transfer).kind()).isEqualTo(FailureKind.IO);
    assertThat(failed(transfer).message())
        .isEqualTo("this machine has no more resources: " + NO_FILE);
    assertThat(transfer.attempt().timings().total())
        .isBetween(Duration.ofMillis(300).toNanos(), Duration.ofSeconds(5).toNanos());
  }

  @Test
  void aLastingLackOfPortsIsNoFailureOfTheHost() {
    Transfer transfer = impatient();
    exhaust(transfer, new BindException(NO_PORT));
    assertThat(failed(transfer).kind()).isEqualTo(FailureKind.IO);
    assertThat(failed(transfer).message()).isEqualTo("no local port was free");
  }

  @Test
  void isWaitedForNoLongerThanTheAttemptMayTake() {
    Transfer transfer =
        transfer("http://127.0.0.1:9/", Duration.ofHours(1), Duration.ofMillis(500));
    exhaust(transfer, new SocketException(NO_FILE));
    assertThat(failed(transfer).kind()).isEqualTo(FailureKind.IO);
    assertThat(transfer.attempt().timings().total()).isLessThan(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void theWaitEndsWithTheRun() throws Exception {
    Transfer transfer = transfer("http://127.0.0.1:9/", Duration.ofHours(1), Duration.ofHours(1));
    Thread waiter =
        Thread.ofPlatform().start(() -> exhaust(transfer, new SocketException(NO_FILE)));
    Eventually.holds("it waits", () -> waiter.getState() == Thread.State.TIMED_WAITING);
    transfer.cancel(FailureKind.INTERRUPTED);
    waiter.join();
    assertThat(failed(transfer).kind()).isEqualTo(FailureKind.INTERRUPTED);
  }

  /** The same exceptions have other reasons too, which time does not mend. */
  @Test
  void isNotWhatAFirewallOrTheLackOfAnAddressSays() {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    assertThat(ConnectExhaustion.isBehind(new BindException(NO_PORT), here)).isTrue();
    assertThat(ConnectExhaustion.isBehind(new BindException("Permission denied"), here)).isFalse();
    assertThat(ConnectExhaustion.isBehind(new BindException(NO_PORT), null)).isFalse();
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("a.example", 80);
    assertThat(ConnectExhaustion.isBehind(new BindException(NO_PORT), nowhere)).isFalse();
    assertThat(ConnectExhaustion.isBehind(new SocketException("Network is down"), here)).isFalse();
  }

  private static Outcome.Failed failedLookUp(String reason) {
    return Exchanges.byDefault()
        .names(host -> {
          throw new UnknownHostException(host + ": " + reason);
        })
        .failure("http://a.example/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Temporary failure in name resolution",
        "This is usually a temporary error during hostname resolution and means that the local"
            + " server did not receive a response from an authoritative server"
      })
  void aNameServiceThatCannotTellForNowSaysNothingAboutTheHost(String reason) {
    Outcome.Failed failure = failedLookUp(reason);
    assertThat(failure.kind()).isEqualTo(FailureKind.DNS_TEMPORARY);
    assertThat(failure.kind().label()).isEqualTo("dns");
    assertThat(failure.kind().exitcode()).isEqualTo(6);
    assertThat(failure.message()).isEqualTo("a.example: " + reason);
  }

  @Test
  void aNameThatIsNotKnownIsSomethingElse() {
    assertThat(failedLookUp("Name or service not known").kind()).isEqualTo(FailureKind.DNS);
  }

  @Test
  void aLookUpThatLacksADescriptorIsMadeAgain() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      boolean[] asked = {false};
      NameService once =
          host -> {
            if (!asked[0]) {
              asked[0] = true;
              throw new UnknownHostException(host + ": " + NO_FILE);
            }
            return List.of(InetAddress.getLoopbackAddress());
          };
      String url = "http://a.example:" + server.port() + "/";
      assertThat(Exchanges.byDefault().names(once).fetch(url).outcome())
          .isEqualTo(new Outcome.Responded(200));
      assertThat(
              Exchanges.byDefault()
                  .connectTimeout(Duration.ofMillis(200))
                  .names(host -> {
                    throw new UnknownHostException(host + ": " + NO_FILE);
                  })
                  .failure(url)
                  .kind())
          .isEqualTo(FailureKind.IO);
    }
  }

  /** What comes of it when all sockets are taken. */
  private Outcome.Failed withoutSockets(Duration connectTimeout, Duration maxTime)
      throws IOException {
    OkHttpClient client =
        clients.forUrl(HttpUrl.get("http://127.0.0.1:9/"), true, ConnectionChoice.ANY);
    for (int i = 0; i < SOCKETS; i++) {
      client.socketFactory().createSocket();
    }
    Transfer transfer = transfer("http://127.0.0.1:9/", connectTimeout, maxTime);
    try {
      transfer.first().execute();
    } catch (IOException e) {
      assertThat(transfer.next(e)).isNull();
    }
    return failed(transfer);
  }

  @Test
  void aSocketIsWaitedForNoLongerThanConnectingMayTake() throws IOException {
    Outcome.Failed failure = withoutSockets(Duration.ofMillis(200), Duration.ofSeconds(30));
    assertThat(failure.kind()).isEqualTo(FailureKind.IO);
    assertThat(failure.message()).isEqualTo("no file descriptor was free within 0.2s");
  }

  @Test
  void aSocketIsWaitedForNoLongerThanTheAttemptMayTake() throws IOException {
    Outcome.Failed failure = withoutSockets(Duration.ofSeconds(30), Duration.ofMillis(200));
    assertThat(failure.kind()).isEqualTo(FailureKind.IO);
    assertThat(failure.message()).isEqualTo("no file descriptor was free within 0.2s");
  }

  private static RawServer silent() throws IOException {
    return RawServer.start(connection -> {
      connection.readRequest();
      connection.awaitClose();
    });
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void aWaitForASocketEndsWithTheRun(Exchanges.Way way) throws Exception {
    try (RawServer server = silent();
        OkHttpExchange exchange =
            Exchanges.byDefault().descriptors(new Descriptors(100, 1, 1)).build()) {
      CompletableFuture<Attempt> _ = way.start(exchange, request(server.url("/only")));
      Eventually.holds("the only socket is taken", () -> !server.requests().isEmpty());
      CompletableFuture<Attempt> waiting = way.start(exchange, request(server.url("/")));
      assertThat(waiting).isNotDone();
      exchange.cancelAll(FailureKind.INTERRUPTED);
      assertThat(Exchanges.failed(waiting.get(10, TimeUnit.SECONDS)).kind())
          .isEqualTo(FailureKind.INTERRUPTED);
    }
  }
}
