package fetch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.engine.Attachments.Machine;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.dns.NameService;
import fetch.http.settings.ProxyRules;
import fetch.http.url.HttpUrlParser;
import fetch.input.EntryParser;
import fetch.input.UrlEntries;
import fetch.output.ResultSink;
import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.net.Authenticator;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine as another program uses it. */
class EngineTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            return path.startsWith("/silent")
                ? new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build()
                : new MockResponse.Builder().code(path.startsWith("/missing") ? 404 : 200).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  private Stream<String> urls(String path) {
    return IntStream.iterate(0, i -> i + 1).mapToObj(i -> url(path + i));
  }

  private static List<FetchResult> all(Results results) {
    List<FetchResult> all = new ArrayList<>();
    results.forEachRemaining(all::add);
    return all;
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void givesOneResultForEachUrl(StrategyKind strategy) {
    List<String> urls = List.of(url("/a"), url("/missing"), "ftp://host/", "", "not a URL");
    try (Engine engine = new Engine(Settings.DEFAULTS.withStrategy(strategy));
        Results results = engine.fetch(urls.iterator())) {
      List<FetchResult> all = all(results);

      assertThat(all).extracting(result -> result.entry().urlnum()).contains(0L, 1L, 2L, 3L, 4L);
      assertThat(all).hasSize(5).filteredOn(FetchResult::ok).hasSize(1);
      assertThat(all)
          .filteredOn(result -> !result.ok())
          .extracting(result -> result.failure().kind())
          .containsExactlyInAnyOrder(
              FailureKind.HTTP_STATUS,
              FailureKind.UNSUPPORTED_SCHEME,
              FailureKind.INVALID_URL,
              FailureKind.INVALID_URL);
      assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void hasNoResultsOfAnEmptyList() {
    try (Engine engine = new Engine(Settings.DEFAULTS);
        Results results = engine.fetch(List.<String>of().iterator())) {
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  void readsNoFurtherAheadThanResultsAreTaken() {
    AtomicInteger read = new AtomicInteger();
    Iterator<String> endless = urls("/").peek(_ -> read.incrementAndGet()).iterator();
    try (Engine engine = new Engine(Settings.DEFAULTS);
        Results results = engine.fetch(endless)) {
      for (int i = 0; i < 5000; i++) {
        results.next();
      }
      assertThat(read).hasValueLessThan(5000 + 1024 + 256 + 16 + 512);
    }
  }

  @Test
  void stopsWhenResultsAreClosedAndRunsAgain() {
    try (Engine engine = new Engine(Settings.DEFAULTS)) {
      try (Results results = engine.fetch(urls("/silent").iterator())) {
        assertThat(server.takeRequest(30, TimeUnit.SECONDS)).isNotNull();
        results.close();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      try (Results results = engine.fetch(List.of(url("/again")).iterator())) {
        assertThat(all(results)).singleElement().matches(FetchResult::ok);
      }
    }
  }

  @Test
  void leavesTheNextRunAloneWhenARunIsStoppedAfterItsEnd() throws InterruptedException {
    EntryParser parser = new EntryParser(new HttpUrlParser());
    UrlEntries entries = new UrlEntries(List.of(url("/a")).iterator(), parser);
    try (Engine engine = new Engine(Settings.DEFAULTS)) {
      EngineRun run = engine.begin(entries, ResultPipeline.Plan.PLAIN, new DiscardingSink());
      run.execute();
      run.stop(FailureKind.INTERRUPTED);
      try (Results results = engine.fetch(List.of(url("/b")).iterator())) {
        assertThat(all(results)).singleElement().matches(FetchResult::ok);
      }
    }
  }

  private static final class DiscardingSink implements ResultSink {
    @Override
    public void accept(FetchResult result) {}

    @Override
    public void close() {}
  }

  @Test
  void keepsConnectionsFromRunToRun() throws InterruptedException {
    try (Engine engine = new Engine(Settings.DEFAULTS)) {
      for (int i = 0; i < 3; i++) {
        try (Results results = engine.fetch(List.of(url("/a")).iterator())) {
          all(results);
        }
        RecordedRequest request = server.takeRequest(30, TimeUnit.SECONDS);
        assertThat(request.getConnectionIndex()).isZero();
      }
    }
  }

  @Test
  void refusesASecondRunAtATime() {
    try (Engine engine = new Engine(Settings.DEFAULTS);
        Results _ = engine.fetch(urls("/").iterator())) {
      assertThatThrownBy(() -> engine.fetch(urls("/").iterator()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in progress");
    }
  }

  @Test
  void throwsWhatTheListThrew() {
    Iterator<String> failing = urls("/").limit(3).peek(EngineTest::failAtTheSecond).iterator();
    try (Engine engine = new Engine(Settings.DEFAULTS);
        Results results = engine.fetch(failing)) {
      assertThatThrownBy(() -> all(results))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("no more of this list");
    }
  }

  private static void failAtTheSecond(String url) {
    if (url.endsWith("/2")) {
      throw new IllegalArgumentException("no more of this list");
    }
  }

  @Test
  void stopsWithAResultForWhatWasInFlight() throws InterruptedException {
    List<FetchResult> results = new ArrayList<>();
    ResultSink sink =
        new ResultSink() {
          @Override
          public synchronized void accept(FetchResult result) {
            results.add(result);
          }

          @Override
          public void close() {}
        };
    try (Engine engine = new Engine(Settings.DEFAULTS.withWorkers(1))) {
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(() -> {
            try {
              server.takeRequest(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            engine.stop(FailureKind.DEADLINE);
          });
      EntryParser parser = new EntryParser(new HttpUrlParser());
      engine.run(new UrlEntries(urls("/silent").iterator(), parser), sink);
      stopping.join();
    }
    assertThat(results)
        .singleElement()
        .satisfies(result -> assertThat(result.failure().kind()).isEqualTo(FailureKind.DEADLINE));
  }

  @Test
  void tellsAListenerOfEachRequest() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger attempted = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    RunListener listener =
        new RunListener() {
          @Override
          public void begins(FetchRequest request) {
            begun.incrementAndGet();
          }

          @Override
          public void attempted(FetchRequest request, Attempt attempt) {
            attempted.incrementAndGet();
          }

          @Override
          public void ended(FetchResult result) {
            ended.incrementAndGet();
          }
        };
    try (Engine engine = new Engine(Settings.DEFAULTS, Attachments.NONE.withListener(listener));
        Results results = engine.fetch(List.of(url("/a"), "ftp://host/").iterator())) {
      all(results);
    }
    assertThat(begun).hasValue(1);
    assertThat(attempted).hasValue(1);
    assertThat(ended).hasValue(2);
  }

  @Test
  void sharesDescriptorsWithOtherEngines() {
    DescriptorPool two = new DescriptorPool(new Descriptors(100, 2, 1));
    Machine machine = new Machine(NameService.system(), Clock.system(), two);
    Settings settings = Settings.DEFAULTS.withWorkers(2).withMaxTime(Duration.ofSeconds(20));
    Attachments shared = Attachments.NONE.withMachine(machine);
    try (Engine one = new Engine(settings, shared);
        Engine other = new Engine(settings, shared)) {
      for (Engine engine : List.of(one, other, one)) {
        try (Results results = engine.fetch(urls("/").limit(50).iterator())) {
          assertThat(all(results)).hasSize(50).allMatch(FetchResult::ok);
        }
      }
    }
  }

  @Test
  void leavesTheRestOfTheJvmAlone() {
    String before = Security.getProperty("networkaddress.cache.ttl");
    Authenticator authenticator = Authenticator.getDefault();
    ProxyRules socks = new ProxyRules("socks5://jo:secret@127.0.0.1:1", null, Map.of());
    Settings settings =
        Settings.DEFAULTS.with(
            new fetch.http.settings.NetworkSettings(
                Settings.DEFAULTS.network().tls(),
                socks,
                List.of(),
                Settings.DEFAULTS.network().family(),
                Settings.DEFAULTS.network().httpVersion(),
                null,
                false));
    try (Engine engine = new Engine(settings.withRetries(0));
        Results results = engine.fetch(List.of("http://localhost:1/").iterator())) {
      assertThat(all(results))
          .singleElement()
          .satisfies(result ->
              assertThat(result.failure().message())
                  .isEqualTo("the proxy 127.0.0.1:1 could not be reached"));
    }
    assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo(before);
    assertThat(Authenticator.getDefault()).isSameAs(authenticator);
  }
}
