package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Redaction;

/** Turns a line into an entry. Safe for many threads if its target parser is. */
public final class EntryParser {
  private final TargetParser targets;

  public EntryParser(TargetParser targets) {
    this.targets = targets;
  }

  /** Never fails: a line that is no URL becomes a {@link BadLine}. */
  Entry parse(long urlnum, Line line, String sourceName) {
    String text = line.text();
    String place = "line " + line.number() + " of " + sourceName + ": ";
    if (line.fault() != null) {
      return bad(urlnum, Redaction.ofText(text), FailureKind.INVALID_URL, place + line.fault());
    }
    return switch (Scheme.of(text)) {
      case Scheme.Web web -> request(urlnum, text, web.url(), place);
      case Scheme.Other other ->
          bad(
              urlnum,
              other.opaque() ? text : Redaction.ofText(text),
              FailureKind.UNSUPPORTED_SCHEME,
              place + "fetch speaks http and https, not " + other.name());
    };
  }

  private Entry request(long urlnum, String text, String url, String place) {
    return switch (targets.parse(url)) {
      case TargetParser.Parsed.Good good -> {
        boolean secret = !good.target().url().equals(good.target().location());
        yield new FetchRequest(urlnum, secret ? Redaction.ofUrl(text) : text, good.target());
      }
      case TargetParser.Parsed.Bad bad ->
          bad(urlnum, Redaction.ofText(text), FailureKind.INVALID_URL, place + bad.reason());
    };
  }

  private static BadLine bad(long urlnum, String input, FailureKind kind, String message) {
    return new BadLine(urlnum, input, kind, message);
  }
}
