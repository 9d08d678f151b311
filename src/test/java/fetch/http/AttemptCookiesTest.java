package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Cookies that servers set while an entry is redirected: RFC 6265. */
class AttemptCookiesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final RawServer.Script ANSWER =
      connection -> {
        while (connection.readRequest() != null) {
          connection.send(OK);
        }
      };

  private static String redirect(String location, String... cookies) {
    StringBuilder head = new StringBuilder("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n");
    for (String cookie : cookies) {
      head.append("Set-Cookie: ").append(cookie).append("\r\n");
    }
    return head.append("Location: ").append(location).append("\r\n\r\n").toString();
  }

  /** A server that redirects {@code /start} so, and answers all else with 200. */
  private static RawServer startingWith(String answer) throws IOException {
    return RawServer.start(connection -> {
      for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
        connection.send(head.contains(" /start") ? answer : OK);
      }
    });
  }

  private static List<String> cookies(String head) {
    return head.lines().filter(line -> line.startsWith("Cookie: ")).toList();
  }

  @Test
  void openTheDoorOfASiteThatRedirectsToItselfUntilItsCookieReturns() throws IOException {
    try (RawServer server =
        RawServer.start(connection -> {
          for (String head = connection.readRequest();
              head != null;
              head = connection.readRequest()) {
            connection.send(head.contains("seen=1") ? OK : redirect("/", "seen=1; Path=/"));
          }
        })) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(attempt.requests().redirects()).isEqualTo(1);
    }
  }

  @Test
  void goToThePathsAndHostsThatTheyBelongToOnly() throws IOException {
    String location = "/deep/end";
    try (RawServer server =
        startingWith(
            redirect(
                location,
                "a=1; Path=/",
                "b=2; Path=/deep",
                "c=3; Path=/other",
                "d=4; Path=/; Secure",
                "e=5; Path=/; Domain=example.org",
                "f=6; Path=/; Max-Age=0",
                "g=7; Path=/",
                "g=8; Path=/"))) {
      Exchanges.byDefault().fetch(server.url("/start"));
      assertThat(cookies(server.requests().getLast())).containsExactly("Cookie: b=2; a=1; g=8");
    }
  }

  @Test
  void keepValuesBeyondAscii() throws IOException {
    String utf8 =
        new String("caf\u00e9".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (RawServer server = startingWith(redirect("/end", "n=" + utf8 + "; Path=/"))) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/start"));
      assertThat(attempt.requests().redirects()).isEqualTo(1);
      assertThat(cookies(server.requests().getLast())).containsExactly("Cookie: n=caf\u00e9");
    }
  }

  /** This server reads UTF-8, in which neither of the two bytes is a character. */
  @Test
  void keepBytesThatAreNotUtf8() throws IOException {
    try (RawServer server = startingWith(redirect("/end", "n=caf\u00e9\u00ff; Path=/"))) {
      Exchanges.byDefault().fetch(server.url("/start"));
      assertThat(cookies(server.requests().getLast())).containsExactly("Cookie: n=caf\ufffd\ufffd");
    }
  }

  @Test
  @DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
  void stayWithTheirHost() throws IOException {
    try (RawServer other = RawServer.startAt(InetAddress.ofLiteral("127.0.0.2"), 0, ANSWER);
        RawServer server =
            startingWith(redirect("http://127.0.0.2:" + other.port() + "/", "a=1; Path=/"))) {
      Attempt attempt = Exchanges.byDefault().fetch(server.url("/start"));
      assertThat(attempt.outcome()).isEqualTo(new Outcome.Responded(200));
      assertThat(other.requests()).hasSize(1);
      assertThat(other.requests()).allSatisfy(head -> assertThat(cookies(head)).isEmpty());
    }
  }

  @Test
  void comeBeforeThoseOfTheUser() throws IOException {
    try (RawServer server = startingWith(redirect("/end", "a=1; Path=/"))) {
      Exchanges.byDefault().cookie("own=2").fetch(server.url("/start"));
      assertThat(cookies(server.requests().getFirst())).containsExactly("Cookie: own=2");
      assertThat(cookies(server.requests().getLast())).containsExactly("Cookie: a=1; own=2");
    }
  }
}
