package fetch.output;

import fetch.Attempt;
import fetch.BadLine;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.Outcome;
import fetch.Representation;
import fetch.Target;
import fetch.Timings;
import java.util.List;

/** Results of every sort, for records to be made of. */
public final class Results {
  private static final long START = 1_793_534_400_007L;

  private Results() {}

  /** One of each sort. */
  public static List<FetchResult> all() {
    return List.of(
        plain(),
        redirected(),
        silent(),
        unaccepted(),
        partial(),
        notUrl(),
        otherScheme(),
        stopped());
  }

  private static FetchResult plain() {
    Timings timings = new Timings(START, 1_000_499, 2_000_500, 0, 33_999_999, 34_499_999);
    Attempt attempt =
        new Attempt(
            new Outcome.Responded(200),
            new Attempt.Requests("GET", "http://example.org/", 0),
            new Attempt.Response("1.1", "text/html; charset=utf-8", null),
            new Attempt.Body(1256, 1256, ""),
            Representation.NONE,
            new Attempt.Peer("192.0.2.1", 80),
            timings);
    FetchRequest request = request(0, "http://example.org/", "http://example.org/");
    return new FetchResult(request, "GET", null, attempt, 0, 0);
  }

  private static FetchResult redirected() {
    Timings timings = new Timings(START + 993, 0, 0, 120_000_000, 999_999_499, 999_999_500);
    Attempt attempt =
        new Attempt(
            new Outcome.Responded(204),
            new Attempt.Requests("HEAD", "https://www.example.org/ü?a=%2C\"b\"", 3),
            new Attempt.Response("2", "", null),
            new Attempt.Body(0, 12_345_678_901L, ""),
            Representation.NONE,
            new Attempt.Peer("2001:db8::1", 8443),
            timings);
    FetchRequest request = request(1, "user:***@example.org/ü", "https://user:***@example.org/ü");
    return new FetchResult(request, "HEAD", null, attempt, 2, 1_500_000_000);
  }

  private static FetchResult silent() {
    return failed(2, FailureKind.TIMEOUT, "no response within 2s", 0, null, null);
  }

  private static FetchResult unaccepted() {
    return failed(3, FailureKind.HTTP_STATUS, "the server returned 404", 404, "1.0", "a,\"b\"\tc");
  }

  private static FetchResult partial() {
    return failed(4, FailureKind.PARTIAL, "12 of 20 bytes came", 200, "1.1", "text/plain");
  }

  private static FetchResult failed(
      long urlnum, FailureKind kind, String message, int status, String version, String type) {
    String url = "https://example.com/" + urlnum;
    Timings timings = new Timings(START + urlnum, 0, 900_000, 1_200_000, 0, 2_001_000_000);
    Outcome outcome =
        kind == FailureKind.HTTP_STATUS
            ? new Outcome.Responded(status)
            : new Outcome.Failed(kind, message, status, "never shown");
    Attempt attempt =
        new Attempt(
            outcome,
            new Attempt.Requests("GET", url, 0),
            new Attempt.Response(version, type, null),
            new Attempt.Body(12, 12, ""),
            Representation.NONE,
            new Attempt.Peer("192.0.2.2", 443),
            timings);
    return new FetchResult(
        request(urlnum, url, url), "GET", new Failure(kind, message), attempt, 0, 250_000);
  }

  private static FetchResult notUrl() {
    String message = "line 6 of list.txt: not a URL: its host is empty";
    return bad(
        new BadLine(5, "http:// \u001b[31m\\x\t\u0085é😀", FailureKind.INVALID_URL, message));
  }

  private static FetchResult otherScheme() {
    String message = "line 7 of a b.txt: fetch supports http and https, not ftp";
    return bad(
        new BadLine(6, "ftp://example.org/, \"x\"", FailureKind.UNSUPPORTED_SCHEME, message));
  }

  private static FetchResult bad(BadLine line) {
    return new FetchResult(line, "GET", new Failure(line.kind(), line.message()), null, 0, 0);
  }

  private static FetchResult stopped() {
    String url = "https://example.com/slow";
    FailureKind kind = FailureKind.INTERRUPTED;
    Timings timings = new Timings(START, 0, 0, 0, 0, 17_000);
    Outcome outcome = new Outcome.Failed(kind, kind.sentence(), 0, "canceled");
    Attempt attempt =
        new Attempt(
            outcome,
            new Attempt.Requests("GET", url, 0),
            new Attempt.Response(null, null, null),
            new Attempt.Body(0, 0, ""),
            Representation.NONE,
            Attempt.Peer.NONE,
            timings);
    return new FetchResult(
        request(7, url, url), "GET", new Failure(kind, kind.sentence()), attempt, 0, 0);
  }

  private static FetchRequest request(long urlnum, String input, String url) {
    return new FetchRequest(urlnum, input, new Target(url, url, "example.org", 443));
  }

  /** A result that has the text wherever text from outside may stand. */
  public static FetchResult hostile(String text) {
    BadLine line = new BadLine(0, text, FailureKind.INVALID_URL, text);
    Attempt attempt =
        new Attempt(
            new Outcome.Responded(200),
            new Attempt.Requests("GET", text, 0),
            new Attempt.Response("1.1", text, null),
            new Attempt.Body(0, 0, ""),
            Representation.NONE,
            new Attempt.Peer(text, 80),
            new Timings(START, 0, 0, 0, 0, 0));
    return new FetchResult(line, text, new Failure(line.kind(), text), attempt, 0, 0);
  }
}
