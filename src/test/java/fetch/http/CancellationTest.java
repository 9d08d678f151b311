package fetch.http;

import static fetch.http.Exchanges.failed;
import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancellationTest {
  /** What OkHttp calls the thread that closes idle connections while it does. */
  private static final String SWEEPER = "OkHttp ConnectionPool";

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void endsWhatIsInFlightWhereverItIs(Exchanges.Way way) throws Exception {
    Map<Stall, Stall.Place> places = new EnumMap<>(Stall.class);
    Map<Stall, CompletableFuture<Attempt>> attempts = new EnumMap<>(Stall.class);
    List<OkHttpExchange> exchanges = new ArrayList<>();
    for (Stall stall : Stall.values()) {
      Stall.Place place = stall.open();
      places.put(stall, place);
      exchanges.add(place.exchanges().build());
      attempts.put(stall, way.start(exchanges.getLast(), request(place.url())));
    }
    places.values().forEach(place -> await(place.reached()));

    long cancelled = System.nanoTime();
    exchanges.forEach(exchange -> exchange.cancelAll(FailureKind.INTERRUPTED));
    for (Stall stall : Stall.values()) {
      Outcome.Failed failure = failed(attempts.get(stall).get(10, TimeUnit.SECONDS));
      assertThat(failure.kind()).as(stall.name()).isEqualTo(FailureKind.INTERRUPTED);
      assertThat(failure.message()).isEqualTo("the run was stopped");
    }
    assertThat(System.nanoTime() - cancelled).isLessThan(Duration.ofSeconds(1).toNanos());
    exchanges.forEach(OkHttpExchange::close);
    for (Stall.Place place : places.values()) {
      place.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Exchanges.Way.class)
  void endsWhatBeginsLater(Exchanges.Way way) throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      exchange.cancelAll(FailureKind.INTERRUPTED);
      Attempt attempt = way.start(exchange, request(server.url("/"))).join();
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.INTERRUPTED);
      assertThat(failed(attempt).status()).isZero();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void endsADecompressionThatIsUnderWay() throws Exception {
    byte[] bomb = Bombs.brotli(100_000);
    try (RawServer server =
            RawServer.start(connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 100000\r\n\r\n");
              connection.send(bomb);
              connection.awaitClose();
            });
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      CompletableFuture<Attempt> attempt =
          Exchanges.Way.EXECUTE.start(exchange, request(server.url("/")));
      await(() -> !server.requests().isEmpty());
      exchange.cancelAll(FailureKind.INTERRUPTED);
      assertThat(failed(attempt.get(5, TimeUnit.SECONDS)).kind())
          .isEqualTo(FailureKind.INTERRUPTED);
    }
  }

  @Test
  void closeLeavesNoThreadBehind() throws Exception {
    try (Stall.Place place = Stall.LOOKUP.open()) {
      OkHttpExchange exchange = place.exchanges().build();
      CompletableFuture<Attempt> attempt =
          Exchanges.Way.ENQUEUE.start(exchange, request(place.url()));
      await(place.reached());
      assertThat(threads("resolver-")).isNotEmpty();
      exchange.cancelAll(FailureKind.INTERRUPTED);
      attempt.join();
      exchange.close();
      await(() -> threads("resolver-").isEmpty());
    }
  }

  @Test
  void closeLeavesNoSweeperBehind() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      List<Thread> before = threads(SWEEPER);
      OkHttpExchange exchange = Exchanges.byDefault().build();
      exchange.execute(request(server.url("/")));
      await(() -> !before.containsAll(threads(SWEEPER)));
      exchange.close();
      await(() -> before.containsAll(threads(SWEEPER)));
    }
  }

  private static List<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }
}
