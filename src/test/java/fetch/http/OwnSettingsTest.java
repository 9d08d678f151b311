package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.EntryOverrides;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an entry wants to be other than it is for the run. */
@Timeout(60)
class OwnSettingsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.answering(OK);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static FetchRequest request(String url, EntryOverrides own) {
    return new FetchRequest(0, url, Exchanges.request(url).target(), false, own, null);
  }

  private static Attempt fetch(Exchanges exchanges, String url, EntryOverrides own) {
    try (OkHttpExchange exchange = exchanges.build()) {
      return Exchanges.follow(exchange, request(url, own));
    }
  }

  private static EntryOverrides headers(HeaderLine... lines) {
    return new EntryOverrides(null, List.of(lines), null);
  }

  private static EntryOverrides timeout(Duration time) {
    return new EntryOverrides(null, List.of(), time);
  }

  private List<String> sent(Exchanges exchanges, EntryOverrides own) {
    assertThat(fetch(exchanges, server.url("/"), own).outcome())
        .isEqualTo(new Outcome.Responded(200));
    return server.requests().getLast().strip().lines().toList();
  }

  @Test
  void theMethodIsThatOfTheEntry() {
    EntryOverrides post = new EntryOverrides("POST", List.of(), null);

    assertThat(sent(Exchanges.byDefault(), post))
        .startsWith("POST / HTTP/1.1")
        .contains("Content-Length: 0");
    assertThat(fetch(Exchanges.byDefault(), server.url("/"), post).requests().method())
        .isEqualTo("POST");
    assertThat(sent(Exchanges.byDefault().method("PUT"), timeout(null)))
        .startsWith("PUT / HTTP/1.1");
  }

  @Test
  void aHeadHasNoBodyWhateverItsLength() throws IOException {
    try (RawServer head = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")) {
      Attempt attempt =
          fetch(Exchanges.byDefault(), head.url("/"), new EntryOverrides("HEAD", List.of(), null));

      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.body().downloaded()).isZero();
    }
  }

  @Test
  void headersReplaceThoseOfTheRun() {
    Exchanges exchanges =
        Exchanges.byDefault()
            .header("X-A", "run")
            .header("x-b", "run")
            .header("X-C", "run")
            .user("u:p");

    List<String> lines =
        sent(
            exchanges,
            headers(
                new HeaderLine("x-a", "own"),
                new HeaderLine("X-B", "1"),
                new HeaderLine("X-B", "2"),
                new HeaderLine("accept", null),
                new HeaderLine("AUTHORIZATION", "Bearer x"),
                new HeaderLine("Host", "other.example"),
                new HeaderLine("X-Empty", "")));

    assertThat(lines)
        .contains(
            "x-a: own", "X-C: run", "AUTHORIZATION: Bearer x", "Host: other.example", "X-Empty:")
        .containsSubsequence("X-B: 1", "X-B: 2")
        .noneMatch(line -> line.endsWith(": run") && !line.startsWith("X-C"))
        .noneMatch(line -> line.startsWith("Accept:") || line.startsWith("Authorization:"))
        .filteredOn(line -> line.startsWith("Host:"))
        .hasSize(1);
  }

  @Test
  void headersAreOfOneEntryOnly() {
    sent(Exchanges.byDefault(), headers(new HeaderLine("Host", null), new HeaderLine("X-A", "1")));
    assertThat(server.requests().getLast()).contains("X-A: 1").doesNotContain("Host:");

    assertThat(
            sent(Exchanges.byDefault().header("Host", null), headers(new HeaderLine("Host", "h"))))
        .contains("Host: h");
    assertThat(sent(Exchanges.byDefault(), timeout(null)))
        .contains("Host: 127.0.0.1:" + server.port())
        .noneMatch(line -> line.startsWith("X-A"));
  }

  @Test
  void headersDoNotFollowToAnotherOrigin() throws IOException {
    String there =
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + server.url("/") + "\r\n\r\n";
    try (RawServer elsewhere = RawServer.answering(there)) {
      EntryOverrides own =
          headers(
              new HeaderLine("Authorization", "secret"),
              new HeaderLine("cookie", "secret"),
              new HeaderLine("Proxy-Authorization", "secret"),
              new HeaderLine("Host", "secret"),
              new HeaderLine("X-A", "1"));

      fetch(Exchanges.byDefault(), elsewhere.url("/"), own);

      assertThat(elsewhere.requests().getLast())
          .contains("Authorization: secret", "cookie: secret");
      assertThat(server.requests().getLast())
          .contains("Host: 127.0.0.1:" + server.port())
          .doesNotContain("secret", "X-A");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTimeIsThatOfTheEntry(Exchanges.Way way) throws Exception {
    try (RawServer silent = RawServer.start(RawServer.Connection::awaitClose);
        OkHttpExchange exchange = Exchanges.byDefault().build()) {
      FetchRequest request = request(silent.url("/"), timeout(Duration.ofMillis(300)));

      Attempt attempt = way.start(exchange, request).get(20, TimeUnit.SECONDS);

      assertThat(Exchanges.failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(Exchanges.failed(attempt).message()).isEqualTo("no response within 0.3s");
      assertThat(attempt.timings().total()).isBetween(300_000_000L, 1_500_000_000L);
    }
  }

  @Test
  void theTimeOfAnEntryIsNotLongerThanThatOfTheRun() throws IOException {
    try (RawServer silent = RawServer.start(RawServer.Connection::awaitClose)) {
      Attempt attempt =
          fetch(
              Exchanges.byDefault().maxTime(Duration.ofMillis(200)),
              silent.url("/"),
              timeout(Duration.ofSeconds(30)));

      assertThat(Exchanges.failed(attempt).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(Exchanges.failed(attempt).message()).isEqualTo("no response within 0.2s");
    }
  }
}
