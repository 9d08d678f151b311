package fetch.http;

import fetch.Preconditions;
import fetch.body.BodySink;
import fetch.http.cookie.CookieJar;
import fetch.warc.Archive;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of the run contributes to exchanges.
 *
 * @param bodies where bodies go, null for nowhere
 * @param preconditions what makes requests conditional (RFC 9110, section 13), null for nothing
 * @param archive where requests and responses are archived, null for nowhere
 * @param details what else attempts carry
 * @param cookies that servers have set, null to keep those of a chain of redirects only
 */
public record Collaborators(
    @Nullable BodySink bodies,
    @Nullable Preconditions preconditions,
    @Nullable Archive archive,
    ResponseDetails details,
    @Nullable CookieJar cookies) {
  public static final Collaborators NONE = new Collaborators(null, null, null);

  public Collaborators(
      @Nullable BodySink bodies, @Nullable Preconditions preconditions, @Nullable Archive archive) {
    this(bodies, preconditions, archive, ResponseDetails.NONE, null);
  }
}
