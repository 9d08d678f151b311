package fetch.http;

import fetch.Redaction;
import fetch.Target;
import fetch.input.TargetParser;
import okhttp3.HttpUrl;

/** Parses URLs with OkHttp's parser, which follows the WHATWG URL standard. */
public final class HttpUrlParser implements TargetParser {
  @Override
  public Parsed parse(String url) {
    try {
      HttpUrl parsed = HttpUrl.get(url);
      String location = parsed.toString();
      String shown = Redaction.ofUrl(location);
      return new Parsed.Good(
          new Target(location, shown, parsed.host(), parsed.port(), new ParsedUrl(parsed)));
    } catch (IllegalArgumentException e) {
      return new Parsed.Bad(reason(e));
    }
  }

  /** The URL of a target. */
  static HttpUrl urlOf(Target target) {
    return target.parsed() instanceof ParsedUrl(HttpUrl url) ? url : HttpUrl.get(target.location());
  }

  /** What OkHttp made of a URL. */
  private record ParsedUrl(HttpUrl url) implements Target.Parsed {}

  private static String reason(IllegalArgumentException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (message.startsWith("Invalid URL host")) {
      return "not a URL: its host is empty or has characters that no host name has";
    }
    if (message.startsWith("Invalid URL port")) {
      return "not a URL: its port is not between 1 and 65535";
    }
    return "not a URL";
  }
}
