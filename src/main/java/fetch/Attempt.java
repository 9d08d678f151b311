package fetch;

import org.jspecify.annotations.Nullable;

/**
 * What one try at an entry has come to: its last response, or a redirect that is to be followed.
 *
 * @param urlEffective where the last redirect led, password masked
 * @param httpVersion {@code 1.0}, {@code 1.1} or {@code 2}; null when there was no response
 * @param contentType as sent, null when absent
 * @param sizeDownload body bytes as they came, before decompression
 * @param sizeDelivered body bytes after decompression
 * @param remoteIp the address connected to last, null when there was none
 * @param remotePort its port, 0 when there was none
 * @param holdBack what the server asked for with Retry-After, null when it did not
 * @param body the text of a robots.txt, or as many of its lines as 500 KiB hold (RFC 9309, section
 *     2.5); empty for all else
 * @param stored what is left of the body
 * @param validators as the last response had them
 */
public record Attempt(
    Outcome outcome,
    String method,
    String urlEffective,
    int numRedirects,
    @Nullable String httpVersion,
    @Nullable String contentType,
    long sizeDownload,
    long sizeDelivered,
    @Nullable String remoteIp,
    int remotePort,
    Timings timings,
    @Nullable HoldBack holdBack,
    String body,
    Stored stored,
    Validators validators) {

  /**
   * A server's wish that its host be left alone (RFC 9110, section 10.2.3).
   *
   * @param host as {@link Target#host()}
   * @param millis for how long, from the end of the attempt
   */
  public record HoldBack(String host, long millis) {}

  /** The same attempt, ended by a failure before the request that a redirect asks for. */
  public Attempt endedBy(Outcome.Failed failure) {
    return new Attempt(
        failure,
        method,
        urlEffective,
        numRedirects,
        null,
        null,
        0,
        0,
        remoteIp,
        remotePort,
        timings,
        null,
        "");
  }

  /** An attempt that leaves nothing of the body, and nothing by which to know it again. */
  public Attempt(
      Outcome outcome,
      String method,
      String urlEffective,
      int numRedirects,
      @Nullable String httpVersion,
      @Nullable String contentType,
      long sizeDownload,
      long sizeDelivered,
      @Nullable String remoteIp,
      int remotePort,
      Timings timings,
      @Nullable HoldBack holdBack,
      String body) {
    this(
        outcome,
        method,
        urlEffective,
        numRedirects,
        httpVersion,
        contentType,
        sizeDownload,
        sizeDelivered,
        remoteIp,
        remotePort,
        timings,
        holdBack,
        body,
        Stored.NOTHING,
        Validators.NONE);
  }

  /** An attempt at an entry, in which no server asked to be left alone. */
  public Attempt(
      Outcome outcome,
      String method,
      String urlEffective,
      int numRedirects,
      @Nullable String httpVersion,
      @Nullable String contentType,
      long sizeDownload,
      long sizeDelivered,
      @Nullable String remoteIp,
      int remotePort,
      Timings timings) {
    this(
        outcome,
        method,
        urlEffective,
        numRedirects,
        httpVersion,
        contentType,
        sizeDownload,
        sizeDelivered,
        remoteIp,
        remotePort,
        timings,
        null,
        "");
  }
}
