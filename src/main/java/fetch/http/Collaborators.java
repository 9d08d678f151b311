package fetch.http;

import fetch.Preconditions;
import fetch.body.BodySink;
import fetch.http.cookie.CookieJar;
import fetch.warc.ExchangeRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside {@code fetch.http} that exchanges use.
 *
 * @param bodies where bodies are saved, null for nowhere
 * @param preconditions makes requests conditional (RFC 9110, section 13), null for none
 * @param archive where requests and responses are archived, null for nowhere
 * @param details which optional details attempts carry
 * @param cookies the jar of the run, null to keep cookies within a chain of redirects
 */
public record Collaborators(
    @Nullable BodySink bodies,
    @Nullable Preconditions preconditions,
    @Nullable ExchangeRecorder archive,
    ResponseDetails details,
    @Nullable CookieJar cookies) {
  public static final Collaborators NONE = new Collaborators(null, null, null);

  /** The same, but for the archive. */
  Collaborators with(ExchangeRecorder other) {
    return new Collaborators(bodies, preconditions, other, details, cookies);
  }

  public Collaborators(
      @Nullable BodySink bodies,
      @Nullable Preconditions preconditions,
      @Nullable ExchangeRecorder archive) {
    this(bodies, preconditions, archive, ResponseDetails.NONE, null);
  }
}
