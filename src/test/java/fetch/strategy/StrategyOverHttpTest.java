package fetch.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Clock;
import fetch.Entry;
import fetch.FetchResult;
import fetch.Sample;
import fetch.frontier.Frontier;
import fetch.frontier.Politeness;
import fetch.frontier.RetryPolicy;
import fetch.frontier.StatusSet;
import fetch.frontier.Verdict;
import fetch.http.Collaborators;
import fetch.http.Exchange;
import fetch.http.ExchangeSettings;
import fetch.http.OkHttpExchange;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.dns.NameService;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.RequestSettings;
import fetch.http.settings.TlsSettings;
import fetch.output.RecordingSink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The strategies at real work: thousands of URLs over connections that are used again. */
class StrategyOverHttpTest {
  private static final int COUNT = 3000;
  private static final int WORKERS = 16;

  private EchoServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new EchoServer();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void crossesNoneOfThousandsOfUrls(StrategyKind kind) throws Throwable {
    RecordingSink sink = new RecordingSink();
    Verdict verdict = new Verdict("GET", StatusSet.parse("200"));
    Frontier frontier =
        new Frontier(
            Clock.system(),
            verdict,
            Politeness.NONE,
            RetryPolicy.NEVER,
            sink,
            COUNT,
            () -> Long.MAX_VALUE);
    frontier.offer(entries());
    frontier.endOfInput();

    try (Exchange exchange = exchange()) {
      Draining.start(kind.create(WORKERS), frontier, exchange).join();
    }

    assertThat(sink.urlnums()).hasSize(COUNT).doesNotHaveDuplicates();
    assertThat(sink.results()).allSatisfy(StrategyOverHttpTest::hasTheResponseOfItsOwnPath);
    assertThat(server.accepted()).isLessThanOrEqualTo(2 * WORKERS);
  }

  private List<Entry> entries() {
    return IntStream.range(0, COUNT)
        .<Entry>mapToObj(i -> Sample.request(i, server.url("/" + i + "x".repeat(i % 100))))
        .toList();
  }

  private static void hasTheResponseOfItsOwnPath(FetchResult result) {
    String url = result.entry().input();
    String path = url.substring(url.indexOf('/', "http://".length()));
    assertThat(result.failure()).isNull();
    assertThat(result.attempt().response().contentType()).isEqualTo("echo" + path);
    assertThat(result.attempt().body().delivered()).isEqualTo(path.length());
    assertThat(result.attempt().requests().urlEffective()).isEqualTo(url);
  }

  private static Exchange exchange() {
    RequestSettings request =
        new RequestSettings(
            "GET", List.of(), "fetch/test", RequestSettings.Secrets.NONE, null, true, 20);
    Duration ample = Duration.ofSeconds(30);
    NetworkSettings network =
        new NetworkSettings(
            new TlsSettings(false, null, null),
            new ProxyRules("", "", Map.of()),
            List.of(),
            AddressFamily.ANY,
            HttpVersion.NEGOTIATED,
            null,
            false);
    AttemptLimits limits = new AttemptLimits(ample, ample, Long.MAX_VALUE, null, 0);
    return new OkHttpExchange(
        new ExchangeSettings(request, limits, network),
        WORKERS,
        new DescriptorPool(Descriptors.ofThisProcess()),
        NameService.system(),
        Clock.system(),
        Collaborators.NONE);
  }
}
