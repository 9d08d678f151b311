package fetch.strategy;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.Outcome;
import fetch.Sample;
import fetch.Target;
import java.util.List;

/** Fails often, in many ways, and often sends a short Retry-After. */
final class FlakyExchange extends EchoExchange {
  private static final long MOMENT_MILLIS = 2;

  @Override
  Attempt echo(FetchRequest request) {
    Attempt echo = super.echo(request);
    return switch (attempted().size() % 7) {
      case 0, 3 -> Sample.attempt(request, failed(FailureKind.CONNECT));
      case 1 -> Sample.attempt(request, failed(FailureKind.RESET));
      case 2, 4 -> Sample.attempt(request, new Outcome.Redirected(302, next(request)));
      case 5 -> heldBack(request);
      default -> echo;
    };
  }

  private static Hop next(FetchRequest request) {
    int redirects = request.hop() == null ? 1 : request.hop().redirects() + 1;
    String host = "host" + redirects % 7;
    String url = "http://" + host + "/" + request.urlnum();
    return new Hop(new Target(url, url, host, 80), "GET", redirects, List.of(), Sample.NO_TIME);
  }

  private static Attempt heldBack(FetchRequest request) {
    Attempt unavailable = Sample.responded(request, 503);
    return Sample.heldBack(unavailable, request.requested().host(), MOMENT_MILLIS);
  }

  private static Outcome failed(FailureKind kind) {
    return new Outcome.Failed(kind, kind.sentence(), 0, "chance");
  }
}
