package fetch.output;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Attempt;
import fetch.HeaderField;
import fetch.Outcome;
import fetch.RedirectStep;
import fetch.Representation;
import fetch.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseJsonTest {
  private static Attempt attempt(List<HeaderField> headers, RedirectStep last) {
    return new Attempt(
        new Outcome.Responded(200),
        new Attempt.Requests("GET", "http://h/", 1, last),
        new Attempt.Response("1.1", null, null, headers),
        Attempt.Body.NONE,
        Representation.NONE,
        Attempt.Peer.NONE,
        Sample.NO_TIME);
  }

  private static String headers(HeaderField... fields) {
    return ResponseJson.headers(attempt(List.of(fields), null));
  }

  private static String redirects(RedirectStep last) {
    return ResponseJson.redirects(attempt(null, last));
  }

  @Test
  void writesHeaderFieldsInTheOrderReceived() {
    assertThat(headers(new HeaderField("B", "1"), new HeaderField("a", "\"x\"")))
        .isEqualTo("{\"B\":[\"1\"],\"a\":[\"\\\"x\\\"\"]}");
  }

  @Test
  void joinsFieldsWhoseNamesDifferInCaseOnly() {
    assertThat(
            headers(
                new HeaderField("Set-Cookie", "a=1"),
                new HeaderField("Age", "0"),
                new HeaderField("set-cookie", "b=2")))
        .isEqualTo("{\"Set-Cookie\":[\"a=1\",\"b=2\"],\"Age\":[\"0\"]}");
  }

  @Test
  void writesAnEmptyObjectForNoFields() {
    assertThat(headers()).isEqualTo("{}");
  }

  @Test
  void hasNoHeaderFieldsWithoutAResponse() {
    assertThat(ResponseJson.headers(null)).isNull();
    assertThat(ResponseJson.headers(attempt(null, null))).isNull();
  }

  @Test
  void writesRedirectsInTheirOrder() {
    RedirectStep first = new RedirectStep(null, "http://h/ü", 301, 1_500_000_000, "::1");
    RedirectStep second = new RedirectStep(first, "http://h/b", 307, 1_000, null);

    assertThat(redirects(second))
        .isEqualTo(
            "[{\"url\":\"http://h/ü\",\"status\":301,\"seconds\":1.500000,\"ip\":\"::1\"},"
                + "{\"url\":\"http://h/b\",\"status\":307,\"seconds\":0.000001,\"ip\":null}]");
    assertThat(redirects(first)).doesNotContain("},{").startsWith("[{").endsWith("}]");
  }

  @Test
  void writesAnEmptyArrayForNoRedirects() {
    assertThat(redirects(null)).isEqualTo("[]");
    assertThat(ResponseJson.redirects(null)).isNull();
  }
}
