package fetch.http.reception;

import fetch.FailureKind;
import fetch.body.PartialBody;
import fetch.http.call.FailedTransfer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a response has all of a body, a part of it, or the rest of a partial one (RFC
 * 9110, sections 14.4 and 15.3.7).
 */
final class PartialContent {
  private static final Pattern STRONG_ETAG = Pattern.compile(RequestConditions.OPAQUE_TAG);
  private static final Pattern DATE =
      Pattern.compile("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");

  /** A date that is this much older than the response is a strong validator. */
  private static final Duration STRONG_AGE = Duration.ofMinutes(1);

  private PartialContent() {}

  /** Whether a response mentions ranges, as few do. */
  static boolean isRanged(Response response) {
    return response.code() == HttpURLConnection.HTTP_PARTIAL
        || response.header("Content-Range") != null;
  }

  /**
   * Why a response is partial although the whole body was requested, null if it is not.
   *
   * <ul>
   *   <li>A request with a Range gets what it asks for. A response without a body is never partial.
   *   <li>A 206 is partial, unless its Content-Range covers every byte: section 15.3.7.3 treats
   *       parts that cover a body as the whole body.
   *   <li>With any other status, a Content-Range in bytes that omits some makes it partial. Other
   *       units mean something else: {@code items 0-24/319} is one page of an API.
   * </ul>
   */
  static @Nullable FailedTransfer objection(Response response) {
    List<String> values = response.headers("Content-Range");
    boolean partial = response.code() == HttpURLConnection.HTTP_PARTIAL;
    if ((values.isEmpty() && !partial)
        || isBodiless(response)
        || response.request().header("Range") != null) {
      return null;
    }
    ContentRange range = values.size() == 1 ? ContentRange.parse(values.getFirst()) : null;
    if (partial) {
      return range != null && range.isWhole()
          ? null
          : failed("the server sent part of the body, which was not requested" + shown(range));
    }
    return values.stream()
        .map(ContentRange::parse)
        .filter(other -> other != null && other.leavesOut())
        .map(other -> failed("the server sent part of the body" + shown(other)))
        .findFirst()
        .orElse(null);
  }

  private static FailedTransfer failed(String sentence) {
    return new FailedTransfer(FailureKind.PARTIAL, sentence);
  }

  private static String shown(@Nullable ContentRange range) {
    return range == null ? "" : ": " + range.text();
  }

  private static boolean isBodiless(Response response) {
    return response.code() == HttpURLConnection.HTTP_NO_CONTENT
        || response.code() == HttpURLConnection.HTTP_NOT_MODIFIED
        || response.request().method().equals("HEAD");
  }

  /**
   * The number of bytes according to Content-Range, -1 if unknown. A coded body may have been coded
   * after it was cut.
   */
  static long length(Response response) {
    boolean mayHave =
        response.code() == HttpURLConnection.HTTP_PARTIAL
            || response.code() == HttpURLConnection.HTTP_OK;
    ContentRange range = mayHave && !isBodiless(response) ? of(response) : null;
    return range != null && range.isBytes() && response.header("Content-Encoding") == null
        ? range.length()
        : -1;
  }

  /** The Content-Range, null if there is none or they differ. */
  static @Nullable ContentRange of(Response response) {
    List<String> values = response.headers("Content-Range");
    return values.size() == 1 ? ContentRange.parse(values.getFirst()) : null;
  }

  /** Whether a response has exactly the missing part of a body. */
  static boolean isRest(Response response, PartialBody before) {
    ContentRange part = of(response);
    long length = response.body().contentLength();
    long known = before.origin().total();
    return part != null
        && part.isBytes()
        && part.first() == before.length()
        && part.last() == part.total() - 1
        && (known < 0 || known == part.total())
        && (length < 0 || length == part.total() - part.first())
        && response.headers("Content-Encoding").isEmpty()
        && isSame("ETag", response, before)
        && isSame("Last-Modified", response, before);
  }

  /**
   * Whether a response with the status of a whole body is partial after all, as only the rest was
   * requested: it has a Content-Range that omits bytes, has several parts, or is as long as the
   * rest.
   */
  static boolean isDisguised(Response response, PartialBody before) {
    ContentRange range = of(response);
    String type = response.header("Content-Type");
    long total = before.origin().total();
    return (range != null && range.leavesOut())
        || (type != null && type.regionMatches(true, 0, "multipart/byteranges", 0, 20))
        || (total >= 0 && response.body().contentLength() == total - before.length());
  }

  /** Whether a response has the validator that was sent, if it was of this kind. */
  private static boolean isSame(String header, Response response, PartialBody before) {
    String validator = before.origin().validator();
    boolean askedByTag = validator.startsWith("\"");
    String sent = response.header(header);
    return sent == null || askedByTag != header.equals("ETag") || sent.strip().equals(validator);
  }

  /**
   * The validator that distinguishes this body from all others of its URL (RFC 9110, section
   * 8.8.1), null if there is none.
   */
  static @Nullable String strongValidator(Response response) {
    List<String> tags = response.headers("ETag");
    if (!tags.isEmpty()) {
      String tag = tags.getFirst().strip();
      return tags.size() == 1 && STRONG_ETAG.matcher(tag).matches() ? tag : null;
    }
    String date = response.header("Last-Modified");
    Instant modified = response.headers().getInstant("Last-Modified");
    Instant sent = response.headers().getInstant("Date");
    boolean strong =
        date != null
            && modified != null
            && sent != null
            && DATE.matcher(date).matches()
            && Duration.between(modified, sent).compareTo(STRONG_AGE) >= 0;
    return strong ? date : null;
  }

  /** Whether a text is a valid validator; a file may contain anything. */
  static boolean isValidator(String text) {
    return STRONG_ETAG.matcher(text).matches() || DATE.matcher(text).matches();
  }
}
