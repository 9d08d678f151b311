package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Sample;
import fetch.http.call.CallEvents;
import fetch.http.call.CurrentCall;
import fetch.http.call.FailedTransfer;
import fetch.http.connection.Clients;
import fetch.http.connection.ConnectionChoice;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.connection.Dialer;
import fetch.http.dns.AttemptDns;
import fetch.http.dns.NameService;
import fetch.http.dns.Resolver;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class FailedRoutesTest {
  private static final int HOSTS = 3000;
  private static final int MOST = 1000;

  private static Clients clients(Resolver resolver, CurrentCall current) {
    AttemptDns dns = new AttemptDns(resolver, network(), current);
    DescriptorPool descriptors = new DescriptorPool(new Descriptors(100, 100, 1));
    Dialer dialer = Dialer.direct(dns, network().routes(), null);
    return new Clients(network(), dialer, current, List.of(), 16, descriptors, false);
  }

  private static NetworkSettings network() {
    return new NetworkSettings(
        new TlsSettings(false, null, null),
        new ProxyRules("", "", Map.of()),
        List.of(),
        NetworkSettings.AddressFamily.ANY,
        NetworkSettings.HttpVersion.NEGOTIATED,
        null,
        false);
  }

  private static int remembered(Clients clients, RawServer server) throws FailedTransfer {
    int sum = 0;
    for (OkHttpClient client : clientsOf(clients, server)) {
      sum += client.getRouteDatabase$okhttp().getFailedRoutes().size();
    }
    return sum;
  }

  private static List<OkHttpClient> clientsOf(Clients clients, RawServer server)
      throws FailedTransfer {
    OkHttpClient any = clients.forUrl(url(0, server), true, ConnectionChoice.ANY);
    List<OkHttpClient> all = new java.util.ArrayList<>(List.of(any));
    for (int i = 1; i < HOSTS; i++) {
      OkHttpClient client = clients.forUrl(url(i, server), true, ConnectionChoice.ANY);
      boolean known =
          all.stream()
              .anyMatch(
                  other -> other.getRouteDatabase$okhttp() == client.getRouteDatabase$okhttp());
      if (!known) {
        all.add(client);
      }
    }
    return all;
  }

  private static HttpUrl url(int host, RawServer server) {
    return HttpUrl.get("http://host-" + host + ".example:" + server.port() + "/");
  }

  @Test
  void areRememberedUpToABound() throws IOException {
    NameService loopback = host -> List.of(InetAddress.ofLiteral("127.0.0.1"));
    try (RawServer server = RawServer.answeringOnce("");
        Resolver resolver = new Resolver(loopback, 4, new FakeClock())) {
      CurrentCall current = new CurrentCall();
      try (Clients clients = clients(resolver, current)) {
        for (int i : IntStream.range(0, HOSTS).toArray()) {
          fail(clients, current, url(i, server));
        }
        assertThat(remembered(clients, server)).isEqualTo(MOST);
      }
    }
  }

  private static void fail(Clients clients, CurrentCall current, HttpUrl url)
      throws FailedTransfer {
    CallEvents events =
        new CallEvents(
            current, new CallObserver(clients), Duration.ofSeconds(10).toNanos(), Sample.NO_TIME);
    events.begin(url);
    Request.Builder request = new Request.Builder().url(url);
    events.attachTo(request);
    try {
      clients.forUrl(url, true, ConnectionChoice.ANY).newCall(request.build()).execute().close();
      throw new AssertionError("the server says nothing");
    } catch (IOException e) {
      assertThat(FailureClassifier.classify(e, events, null).kind())
          .isEqualTo(fetch.FailureKind.EMPTY_REPLY);
    }
  }
}
