package fetch.http.url;

import fetch.Target;
import fetch.input.TargetParser;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the query of each URL (RFC 3986, section 3.4). Safe for many threads.
 *
 * @param parser of the URLs
 * @param query percent-encoded, except for characters that no query may have
 */
public record QueryAppender(TargetParser parser, String query) implements TargetParser {
  @Override
  public Parsed parse(String url) {
    return switch (parser.parse(url)) {
      case Parsed.Good(Target target) ->
          new Parsed.Good(HttpUrlParser.targetOf(appended(HttpUrlParser.urlOf(target))));
      case Parsed.Bad bad -> bad;
    };
  }

  @Override
  public @Nullable String resolve(String base, String link) {
    return parser.resolve(base, link);
  }

  private HttpUrl appended(HttpUrl url) {
    String before = url.encodedQuery();
    boolean alone = before == null || before.isEmpty();
    return url.newBuilder().encodedQuery(alone ? query : before + '&' + query).build();
  }
}
