package fetch;

import java.util.ArrayList;
import java.util.List;

/** Entries, attempts and results to test with. */
public final class Sample {
  public static final Timings NO_TIME = new Timings(0, 0, 0, 0, 0, 0);

  private Sample() {}

  public static FetchRequest request(long urlnum) {
    return request(urlnum, "http://127.0.0.1/" + urlnum);
  }

  public static FetchRequest request(long urlnum, String url) {
    return new FetchRequest(urlnum, url, new Target(url, url, "127.0.0.1", 80));
  }

  /** So many requests, numbered from the first. */
  public static List<Entry> requests(long first, int count) {
    List<Entry> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(request(first + i));
    }
    return requests;
  }

  public static BadLine badLine(long urlnum) {
    return new BadLine(urlnum, "%%", FailureKind.INVALID_URL, "line 1 of a list: not a URL");
  }

  /** An attempt whose effective URL is that of the request. */
  public static Attempt attempt(FetchRequest request, Outcome outcome) {
    return attempt(request, outcome, 0, NO_TIME);
  }

  public static Attempt attempt(FetchRequest request, Outcome outcome, long size, Timings timings) {
    String url = request.target().url();
    return new Attempt(
        outcome,
        new Attempt.Requests("GET", url, 0),
        new Attempt.Response("1.1", null, null),
        new Attempt.Body(size, size, ""),
        Representation.NONE,
        new Attempt.Peer("127.0.0.1", 80),
        timings);
  }

  /** The same attempt, in which the host asked to be left alone. */
  public static Attempt heldBack(Attempt plain, String host, long millis) {
    Attempt.HoldBack holdBack = new Attempt.HoldBack(host, millis);
    return new Attempt(
        plain.outcome(),
        plain.requests(),
        new Attempt.Response("1.1", null, holdBack),
        plain.body(),
        plain.representation(),
        plain.peer(),
        plain.timings());
  }

  /** The same attempt, whose body is the text of a robots.txt. */
  public static Attempt carrying(Attempt plain, String robotsTxt) {
    return new Attempt(
        plain.outcome(),
        plain.requests(),
        plain.response(),
        new Attempt.Body(robotsTxt.length(), robotsTxt.length(), robotsTxt),
        plain.representation(),
        plain.peer(),
        plain.timings());
  }

  public static Attempt responded(FetchRequest request, int status) {
    return attempt(request, new Outcome.Responded(status));
  }

  public static FetchResult ok(long urlnum) {
    FetchRequest request = request(urlnum);
    return new FetchResult(request, "GET", null, responded(request, 200), 0, 0);
  }

  public static FetchResult failed(long urlnum, FailureKind kind) {
    FetchRequest request = request(urlnum);
    Attempt attempt =
        attempt(request, new Outcome.Failed(kind, kind.sentence(), 0, "no cause but this test"));
    FetchResult.Failure failure = new FetchResult.Failure(kind, kind.sentence());
    return new FetchResult(request, "GET", failure, attempt, 0, 0);
  }
}
