package fetch.body;

import fetch.FetchRequest;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a response whose body follows.
 *
 * @param status of the response
 * @param contentType as sent, null when absent
 * @param disposition gives the Content-Disposition of the response, null if it has none
 * @param lastModified gives the Last-Modified date of the response, null if it has none
 * @param origin what a later run needs to resume the body; gives null if it cannot be resumed
 * @param continued the part of the body that an earlier run saved, to which this is the rest; null
 *     for a whole body
 */
public record IncomingBody(
    FetchRequest request,
    int status,
    @Nullable String contentType,
    Supplier<@Nullable String> disposition,
    Supplier<@Nullable Instant> lastModified,
    Supplier<@Nullable Origin> origin,
    @Nullable PartialBody continued) {

  /**
   * Identifies a body, so that it can be resumed.
   *
   * @param url after redirects
   * @param validator a strong validator (RFC 9110, section 8.8.1)
   * @param total length of the whole body in bytes; -1 if unknown
   * @param disposition the Content-Disposition, which a response with the rest may lack; null if
   *     there is none
   */
  public record Origin(String url, String validator, long total, @Nullable String disposition) {}
}
