package fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt at an entry: its last response, or a redirect to follow.
 *
 * @param representation the saved body, and the last response's validators
 */
public record Attempt(
    Outcome outcome,
    Requests requests,
    Response response,
    Body body,
    Representation representation,
    Peer peer,
    Timings timings) {

  /**
   * The first request and those that redirects led to.
   *
   * @param method of the first, or GET if it replaced a refused HEAD
   * @param urlEffective where the last redirect led, password masked
   * @param redirects how many redirects were followed
   * @param lastRedirect the last of them, null if there was none or redirects are not recorded
   */
  public record Requests(
      String method, String urlEffective, int redirects, @Nullable RedirectStep lastRedirect) {
    public Requests(String method, String urlEffective, int redirects) {
      this(method, urlEffective, redirects, null);
    }
  }

  /**
   * The last response.
   *
   * @param httpVersion {@code 1.0}, {@code 1.1} or {@code 2}; null when there was no response
   * @param contentType as sent, null when absent
   * @param holdBack the wait that the server requested with Retry-After, null for none
   * @param headers the header fields in the order received, null if they are not recorded
   */
  public record Response(
      @Nullable String httpVersion,
      @Nullable String contentType,
      @Nullable HoldBack holdBack,
      @Nullable List<HeaderField> headers) {
    /** No response. */
    public static final Response NONE = new Response(null, null, null);

    public Response(
        @Nullable String httpVersion, @Nullable String contentType, @Nullable HoldBack holdBack) {
      this(httpVersion, contentType, holdBack, null);
    }
  }

  /**
   * A server's request for a pause (RFC 9110, section 10.2.3).
   *
   * @param host as {@link Target#host()}
   * @param millis for how long, from the end of the attempt
   */
  public record HoldBack(String host, long millis) {}

  /**
   * The last response's body.
   *
   * @param downloaded bytes received, before decompression
   * @param delivered bytes after decompression
   * @param text of a robots.txt, cut at a line end within 500 KiB (RFC 9309, section 2.5); empty
   *     for any other body
   */
  public record Body(long downloaded, long delivered, String text) {
    /** No body. */
    public static final Body NONE = new Body(0, 0, "");
  }

  /**
   * The address connected to last.
   *
   * @param ip null when there was none
   * @param port 0 when there was none
   */
  public record Peer(@Nullable String ip, int port) {
    /** No connection, or one without an address. */
    public static final Peer NONE = new Peer(null, 0);
  }

  /** The same attempt with another representation. */
  Attempt with(Representation other) {
    return new Attempt(outcome, requests, response, body, other, peer, timings);
  }

  /** The same attempt, ended by a failure before following a redirect. */
  public Attempt endedBy(Outcome.Failed failure) {
    return new Attempt(
        failure, requests, Response.NONE, Body.NONE, Representation.NONE, peer, timings);
  }
}
