package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.Sample;
import fetch.http.call.CallEvents;
import fetch.http.call.CurrentCall;
import java.io.IOException;
import java.util.List;
import kotlin.Pair;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests have the credentials of the run, and which have an entry's own headers. */
class CredentialsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String LOGIN = "Authorization: Basic bWU6c2VjcmV0";

  private RawServer there;
  private RawServer here;

  @BeforeEach
  void start() throws IOException {
    there = RawServer.answering(OK);
    here =
        RawServer.answering(
            "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + there.url("/") + "\r\n\r\n");
  }

  @AfterEach
  void stop() throws IOException {
    here.close();
    there.close();
  }

  private static Exchanges withCredentials() {
    return Exchanges.byDefault().user("me:secret").cookie("session=secret");
  }

  private static boolean hasSecrets(RawServer server) {
    String request = server.requests().getLast();
    boolean has = request.contains("secret") || request.contains(LOGIN);
    assertThat(request.contains("secret")).isEqualTo(request.contains(LOGIN));
    return has;
  }

  @Test
  void goToNamedHostsOnly() {
    withCredentials().credentialsFor("other.example").fetch(here.url("/"));
    assertThat(hasSecrets(here)).isFalse();

    withCredentials().credentialsFor("other.example,127.0.0.1").fetch(here.url("/"));
    assertThat(hasSecrets(here)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "cookie"})
  void includeHeadersOfTheRun(String name) {
    Exchanges exchanges = Exchanges.byDefault().header(name, "secret").header("X-Key", "open");
    exchanges.credentialsFor("other.example").fetch(here.url("/"));
    assertThat(here.requests().getLast()).doesNotContain("secret").contains("X-Key: open");

    exchanges.credentialsFor("127.0.0.1").fetch(here.url("/"));
    assertThat(here.requests().getLast()).contains(name + ": secret");
  }

  @Test
  void followARedirectToANamedOriginOnly() {
    withCredentials().credentialsFor("127.0.0.1:" + here.port()).fetch(here.url("/"));
    assertThat(hasSecrets(here)).isTrue();
    assertThat(hasSecrets(there)).isFalse();

    withCredentials().credentialsFor("127.0.0.1:" + there.port()).fetch(here.url("/"));
    assertThat(hasSecrets(here)).isFalse();
    assertThat(hasSecrets(there)).isTrue();

    withCredentials().credentialsFor("127.0.0.1").fetch(here.url("/"));
    assertThat(hasSecrets(there)).isTrue();

    withCredentials().credentialsFor("all").fetch(here.url("/"));
    assertThat(hasSecrets(here)).isTrue();
    assertThat(hasSecrets(there)).isFalse();
  }

  @Test
  void areNotForTheHostsOfTheCommandLineWhereARedirectLeadsThere() {
    withCredentials().credentialsForUrl(there.url("/")).fetch(here.url("/"));

    assertThat(hasSecrets(here)).isFalse();
    assertThat(hasSecrets(there)).isFalse();
  }

  @Test
  void leaveTheLoginOfAnEntryAlone() {
    String url = there.url("/").replace("//", "//jo:own@");

    withCredentials().credentialsFor("other.example").fetch(url);

    assertThat(there.requests().getLast())
        .contains("Authorization: Basic am86b3du")
        .doesNotContain("secret");
  }

  @Test
  void goToTheRobotsTxtOfANamedHostOnly() {
    for (String hosts : List.of("all", "127.0.0.1")) {
      try (OkHttpExchange exchange = withCredentials().credentialsFor(hosts).build()) {
        FetchRequest plain = Exchanges.request(there.url("/robots.txt"));
        Exchanges.follow(exchange, new FetchRequest(0, plain.input(), plain.target(), true));
      }
      assertThat(hasSecrets(there)).as(hosts).isEqualTo(hosts.equals("127.0.0.1"));
    }
  }

  private void fetchWithOwn(String url, HeaderLine... headers) {
    try (OkHttpExchange exchange = Exchanges.byDefault().header("X-A", "run").build()) {
      FetchRequest plain = Exchanges.request(url);
      EntryOverrides own = new EntryOverrides(null, List.of(headers), null);
      Exchanges.follow(
          exchange, new FetchRequest(0, plain.input(), plain.target(), false, own, null));
    }
  }

  @Test
  void anEntrysOwnHeadersGoToNoOtherHost() {
    fetchWithOwn(
        here.url("/"),
        new HeaderLine("X-A", "own"),
        new HeaderLine("X-Api-Key", "secret"),
        new HeaderLine("Authorization", "secret"),
        new HeaderLine("Accept", null));

    assertThat(here.requests().getLast())
        .contains("X-A: own", "X-Api-Key: secret", "Authorization: secret");
    assertThat(there.requests().getLast())
        .contains("X-A: run")
        .doesNotContain("own", "secret", "Accept: ");
  }

  /** The only case in which the next origin is the same host, by the same name. */
  @Test
  void anEntrysOwnHeadersFollowItsHostToHttps() {
    Requests requests = new Requests(Exchanges.byDefault().settings());
    List<HeaderLine> own =
        List.of(
            new HeaderLine("X-A", "own"),
            new HeaderLine("Authorization", "secret"),
            new HeaderLine("Host", "front.example"));
    HttpUrl entry = HttpUrl.get("http://a.example/");
    CallEvents events = new CallEvents(new CurrentCall(), null, 0, Sample.NO_TIME); // no call

    assertThat(
            requests
                .build(
                    HttpUrl.get("https://a.example/"),
                    new Message("GET", own, null, null),
                    entry,
                    events)
                .headers())
        .contains(new Pair<>("X-A", "own"))
        .doesNotContain(new Pair<>("Authorization", "secret"))
        .contains(new Pair<>("Host", "a.example"));
    for (String other :
        List.of("https://b.example/", "https://a.example:8443/", "http://a.example:81/")) {
      assertThat(
              requests
                  .build(HttpUrl.get(other), new Message("GET", own, null, null), entry, events)
                  .header("X-A"))
          .as(other)
          .isNull();
    }
  }
}
