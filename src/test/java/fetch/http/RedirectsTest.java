package fetch.http;

import static fetch.http.Exchanges.failed;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.Outcome;
import fetch.Timings;
import fetch.http.settings.RequestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 15.4. */
class RedirectsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static String found(String location) {
    return redirect(302, location);
  }

  private static String redirect(int status, String location) {
    return "HTTP/1.1 "
        + status
        + " Elsewhere\r\nLocation: "
        + location
        + "\r\nContent-Length: 5\r\n\r\nmoved";
  }

  /** A server that answers the path {@code /start} with this, and all others with 200. */
  private static RawServer startingWith(String answer) throws IOException {
    return RawServer.start(connection -> {
      for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
        connection.send(head.contains(" /start ") ? answer : OK);
      }
    });
  }

  private static String field(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  private static String later(String location) {
    return "HTTP/1.1 303 Later\r\nRetry-After: 1\r\nContent-Length: 0\r\nLocation: "
        + location
        + "\r\n\r\n";
  }

  @Test
  void isLeftToItsCaller() throws IOException {
    try (RawServer server = startingWith(later("/end"));
        Exchange exchange = Exchanges.byDefault().method("POST").build()) {
      FetchRequest request = Exchanges.request(server.url("/start"));

      Attempt first = exchange.execute(request);

      Outcome.Redirected redirected = (Outcome.Redirected) first.outcome();
      assertThat(redirected.status()).isEqualTo(303);
      Hop hop = redirected.hop();
      assertThat(hop.target().url()).isEqualTo(server.url("/end"));
      assertThat(hop.method()).isEqualTo("GET");
      assertThat(hop.redirects()).isEqualTo(1);
      assertThat(hop.timings().total()).isPositive();
      assertThat(first.requests().urlEffective()).isEqualTo(server.url("/end"));
      assertThat(first.response().holdBack()).isEqualTo(new Attempt.HoldBack("127.0.0.1", 1000));
      assertThat(server.requests()).hasSize(1);

      Attempt second = exchange.execute(request.at(hop));

      assertThat(second.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(second.requests().redirects()).isEqualTo(1);
      assertThat(second.requests().method()).isEqualTo("POST");
      assertThat(second.requests().urlEffective()).isEqualTo(server.url("/end"));
      assertThat(second.timings().startEpochMillis()).isEqualTo(hop.timings().startEpochMillis());
      assertThat(second.timings().total()).isGreaterThan(hop.timings().total());
      assertThat(server.requests().getLast()).startsWith("GET /end HTTP/1.1\r\n");
    }
  }

  @Test
  void sharesItsTimeLimitWithTheRequestsBefore() throws IOException {
    try (RawServer server = startingWith(found("/end"));
        Exchange exchange = Exchanges.byDefault().maxTime(Duration.ofSeconds(5)).build()) {
      FetchRequest request = Exchanges.request(server.url("/start"));
      Hop hop = ((Outcome.Redirected) exchange.execute(request).outcome()).hop();
      Timings spent = new Timings(0, 0, 0, 0, 0, Duration.ofSeconds(5).toNanos());
      Hop late = new Hop(hop.target(), "GET", 1, List.of(), spent);

      assertThat(failed(exchange.execute(request.at(late))).kind()).isEqualTo(FailureKind.TIMEOUT);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, GET, GET",
    "301, HEAD, HEAD",
    "301, POST, GET",
    "301, PUT, PUT",
    "302, GET, GET",
    "302, HEAD, HEAD",
    "302, POST, GET",
    "302, DELETE, DELETE",
    "303, GET, GET",
    "303, HEAD, HEAD",
    "303, POST, GET",
    "303, PUT, GET",
    "303, DELETE, GET",
    "307, GET, GET",
    "307, POST, POST",
    "307, PUT, PUT",
    "307, HEAD, HEAD",
    "308, GET, GET",
    "308, POST, POST",
    "308, DELETE, DELETE",
    "308, HEAD, HEAD"
  })
  void theNextMethodDependsOnTheStatus(int status, String method, String next) throws IOException {
    String answer =
        method.equals("HEAD")
            ? "HTTP/1.1 " + status + " X\r\nLocation: /end\r\n\r\n"
            : redirect(status, "/end");
    try (RawServer server = startingWith(answer)) {
      Attempt attempt = Exchanges.byDefault().method(method).fetch(server.url("/start"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.requests().redirects()).isEqualTo(1);
      assertThat(attempt.requests().urlEffective()).isEqualTo(server.url("/end"));
      assertThat(attempt.requests().method()).isEqualTo(method);
      assertThat(server.requests()).hasSize(2).last().asString().startsWith(next + " /end ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 300, 304, 305, 306, 399})
  void otherStatusesAreAnswersEvenWithALocation(int status) throws IOException {
    String answer = "HTTP/1.1 " + status + " X\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = startingWith(answer)) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/start"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(status));
      assertThat(attempt.requests().redirects()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Server: x", "Location:", "Location:   "})
  void aRedirectToNowhereIsAnAnswer(String field) throws IOException {
    String answer = "HTTP/1.1 302 Found\r\n" + field + "\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = startingWith(answer)) {
      assertThat(Exchanges.byDefault().fetch(server.url("/start")).outcome())
          .isEqualTo(new Outcome.Responded(302));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/end, /end",
    "end, /end",
    "./a/../end, /end",
    "?q=1, /start?q=1",
    "/with space, /with%20space",
    "/ünï, /%C3%BCn%C3%AF",
    "/end#part, /end#part"
  })
  void aLocationIsRelativeToWhereItWasFound(String location, String path) throws IOException {
    String sent =
        new String(location.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (RawServer server = startingWith(found(sent))) {
      assertThat(Exchanges.byDefault().fetch(server.url("/start")).requests().urlEffective())
          .isEqualTo(server.url(path));
    }
  }

  @Test
  void aLocationMayLeaveOutTheScheme() throws IOException {
    try (RawServer target = RawServer.answering(OK);
        RawServer server = startingWith(found("//127.0.0.1:" + target.port() + "/end"))) {
      assertThat(Exchanges.byDefault().fetch(server.url("/start")).requests().urlEffective())
          .isEqualTo(target.url("/end"));
    }
  }

  @Test
  void asManyAsAllowedAreFollowed() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          for (int i = 1; connection.readRequest() != null; i++) {
            connection.send(i <= 3 ? found("/" + i) : OK);
          }
        })) {
      Attempt attempt = Exchanges.byDefault().maxRedirs(3).fetch(server.url("/0"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.requests().redirects()).isEqualTo(3);
      assertThat(attempt.body().downloaded()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, redirects", "1, redirect", "7, redirects"})
  void oneMoreThanAllowedIsTooMany(int most, String noun) throws IOException {
    try (RawServer server = RawServer.answering(found("/again"))) {
      Attempt attempt = Exchanges.byDefault().maxRedirs(most).fetch(server.url("/"));
      assertThat(failed(attempt).kind()).isEqualTo(FailureKind.TOO_MANY_REDIRECTS);
      assertThat(failed(attempt).message()).isEqualTo("more than " + most + " " + noun);
      assertThat(failed(attempt).status()).isEqualTo(302);
      assertThat(attempt.requests().redirects()).isEqualTo(most);
      assertThat(server.requests()).hasSize(most + 1);
    }
  }

  @Test
  void anyNumberIsFollowedWhenThereIsNoLimit() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          for (int i = 1; connection.readRequest() != null; i++) {
            connection.send(i <= 150 ? found("/" + i) : OK);
          }
        })) {
      Attempt attempt = Exchanges.byDefault().maxRedirs(Integer.MAX_VALUE).fetch(server.url("/"));
      assertThat(attempt.requests().redirects()).isEqualTo(150);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void noneIsFollowedWhenARedirectIsAnAnswer() throws IOException {
    try (RawServer server = RawServer.answering(found("/end"))) {
      Attempt attempt =
          Exchanges.byDefault().maxRedirs(RequestSettings.FOLLOW_NONE).fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(302));
      assertThat(attempt.body().downloaded()).isEqualTo(5);
    }
  }

  private static Exchanges withSecrets() {
    return Exchanges.byDefault()
        .user("jo:secret")
        .cookie("session=1")
        .header("Host", "front.example")
        .header("Proxy-Authorization", "Basic abc")
        .header("X-Own", "kept");
  }

  @Test
  void secretsStayWithTheOrigin() throws IOException {
    try (RawServer other = RawServer.answering(OK);
        RawServer server = startingWith(found(other.url("/end")))) {
      withSecrets().fetch(server.url("/start"));
      String first = server.requests().getFirst();
      assertThat(List.of(field(first, "Authorization"), field(first, "Cookie")))
          .containsExactly("Basic am86c2VjcmV0", "session=1");
      assertThat(field(first, "Host")).isEqualTo("front.example");

      String second = other.requests().getFirst();
      assertThat(field(second, "Authorization")).isNull();
      assertThat(field(second, "Proxy-Authorization")).isNull();
      assertThat(field(second, "Cookie")).isNull();
      assertThat(field(second, "Host")).isEqualTo("127.0.0.1:" + other.port());
      assertThat(field(second, "X-Own")).isEqualTo("kept");
    }
  }

  @Test
  void secretsFollowWithinTheOrigin() throws IOException {
    try (RawServer server = startingWith(found("/end"))) {
      withSecrets().fetch(server.url("/start"));
      String second = server.requests().getLast();
      assertThat(field(second, "Authorization")).isEqualTo("Basic am86c2VjcmV0");
      assertThat(field(second, "Cookie")).isEqualTo("session=1");
      assertThat(field(second, "Host")).isEqualTo("front.example");
    }
  }

  @Test
  void loginInAUrlFollowsWithinTheOriginOnly() throws IOException {
    try (RawServer other = RawServer.answering(OK);
        RawServer server = startingWith(found("/end"));
        RawServer leaving = startingWith(found(other.url("/end")))) {
      Exchanges.byDefault().fetch(server.url("/start").replace("//", "//jo:secret@"));
      assertThat(field(server.requests().getLast(), "Authorization"))
          .isEqualTo("Basic am86c2VjcmV0");

      Exchanges.byDefault().fetch(leaving.url("/start").replace("//", "//jo:secret@"));
      assertThat(field(other.requests().getLast(), "Authorization")).isNull();
    }
  }

  @Test
  void loginInALocationIsUsedThereAndMasked() throws IOException {
    try (RawServer other = RawServer.answering(OK);
        RawServer server = startingWith(found(other.url("/end").replace("//", "//jo:secret@")))) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/start"));
      assertThat(field(other.requests().getLast(), "Authorization"))
          .isEqualTo("Basic am86c2VjcmV0");
      assertThat(attempt.requests().urlEffective()).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://127.0.0.1/x", "javascript:alert(1)", "file:///etc/passwd", "data:,"})
  void otherSchemesAreRefused(String location) throws IOException {
    try (RawServer server = RawServer.answering(found(location))) {
      Outcome.Failed failure = Exchanges.byDefault().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED_SCHEME);
      assertThat(failure.message()).isEqualTo("redirected to another scheme: " + location);
      assertThat(failure.status()).isEqualTo(302);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "http://[",
        "http://exa mple/",
        "http://127.0.0.1:99999/",
        "https://jo:pw@[/x",
        "http://1.2.3.4.5/",
        "http://...",
        "http://\u001b[31m:x/"
      })
  void garbageIsNotFollowed(String location) throws IOException {
    try (RawServer server = RawServer.answering(found(location))) {
      Outcome.Failed failure = Exchanges.byDefault().failure(server.url("/"));
      assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_URL);
      assertThat(failure.message())
          .startsWith("redirected to an invalid URL: ")
          .doesNotContain("pw")
          .doesNotContainPattern("\\p{Cntrl}");
    }
  }
}
