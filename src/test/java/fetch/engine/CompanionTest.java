package fetch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FetchResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several runs at a time over the connections of one engine. */
@Timeout(60)
class CompanionTest {
  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getUrl().encodedPath().startsWith("/held")) {
              released.await();
            }
            return new MockResponse.Builder().build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getPort() + path;
  }

  @Test
  void runsAtTheSameTimeAndLeavesTheRequestsOfOthersAloneWhenItIsStopped() throws Exception {
    try (Engine engine = new Engine(Settings.DEFAULTS);
        Engine one = engine.companion(Settings.DEFAULTS);
        Results held = one.fetch(List.of(url("/held")).iterator())) {
      assertThat(server.takeRequest(30, TimeUnit.SECONDS)).isNotNull();
      try (Engine other = engine.companion(Settings.DEFAULTS.withMaxTime(Duration.ofSeconds(1)));
          Results results = other.fetch(Stream.generate(() -> url("/endless")).iterator())) {
        assertThat(results.next()).matches(FetchResult::ok);
      }
      released.countDown();

      assertThat(held.next()).matches(FetchResult::ok);
    }
  }

  @Test
  void usesTheConnectionsOfThoseBeforeIt() throws InterruptedException {
    try (Engine engine = new Engine(Settings.DEFAULTS)) {
      for (int i = 0; i < 3; i++) {
        try (Engine companion = engine.companion(Settings.DEFAULTS);
            Results results = companion.fetch(List.of(url("/a")).iterator())) {
          assertThat(results.next()).matches(FetchResult::ok);
          assertThat(results.hasNext()).isFalse();
        }
        assertThat(server.takeRequest(30, TimeUnit.SECONDS).getConnectionIndex()).isZero();
      }
    }
  }

  @Test
  void keepsToItsOwnLimits() {
    Settings two = Settings.DEFAULTS.withWorkers(2);
    try (Engine engine = new Engine(Settings.DEFAULTS.withWorkers(8));
        Engine companion = engine.companion(two)) {
      assertThat(companion.workers()).isEqualTo(2);
      assertThat(engine.workers()).isEqualTo(8);
    }
  }
}
