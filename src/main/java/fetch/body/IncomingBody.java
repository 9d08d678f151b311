package fetch.body;

import fetch.FetchRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer whose body is about to come.
 *
 * @param status of the last response
 * @param contentType as sent, null when absent
 * @param origin what is to be known to go on with the body some other time; gives null when nobody
 *     can
 * @param continued the beginning of the same body, whose rest this is; null when it is all of it
 */
public record IncomingBody(
    FetchRequest request,
    int status,
    @Nullable String contentType,
    Supplier<@Nullable Origin> origin,
    @Nullable PartialBody continued) {

  /**
   * Where a body came from, and by what it is known again.
   *
   * @param url where redirects led
   * @param validator a strong one (RFC 9110, section 8.8.1)
   * @param total how many bytes the whole has, -1 when unknown
   */
  public record Origin(String url, String validator, long total) {}
}
