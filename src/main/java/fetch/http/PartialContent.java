package fetch.http;

import fetch.body.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a body an answer with status 206 says that it has (RFC 9110, section 14.4).
 *
 * @param first the position of its first byte
 * @param last the position of its last byte
 * @param total how many bytes the whole has
 */
record PartialContent(long first, long last, long total) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18})", Pattern.CASE_INSENSITIVE);
  private static final Pattern STRONG_ETAG = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"");

  /** So much older than the answer, a date is no longer that of two versions. */
  private static final Duration STRONG_AGE = Duration.ofMinutes(1);

  /** Null when it does not say, or the total is unknown. */
  static @Nullable PartialContent of(Response response) {
    List<String> values = response.headers("Content-Range");
    Matcher matcher = CONTENT_RANGE.matcher(values.size() == 1 ? values.getFirst().strip() : "");
    return matcher.matches()
        ? new PartialContent(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)))
        : null;
  }

  /** Whether an answer has all that is missing of a body, and nothing else. */
  static boolean isRest(Response response, Leftover before) {
    PartialContent part = of(response);
    long length = response.body().contentLength();
    long known = before.origin().total();
    return part != null
        && part.first() == before.length()
        && part.last() == part.total() - 1
        && part.last() >= part.first()
        && (known < 0 || known == part.total())
        && (length < 0 || length == part.total() - part.first())
        && response.headers("Content-Encoding").isEmpty()
        && isSame("ETag", response, before)
        && isSame("Last-Modified", response, before);
  }

  /** Whether a validator is the same, where that is the kind that was asked by. */
  private static boolean isSame(String header, Response response, Leftover before) {
    String validator = before.origin().validator();
    boolean askedByTag = validator.startsWith("\"");
    String sent = response.header(header);
    return sent == null || askedByTag != header.equals("ETag") || sent.strip().equals(validator);
  }

  /**
   * What tells this body from all others of its URL (RFC 9110, section 8.8.1), null when nothing
   * does.
   */
  static @Nullable String strongValidator(Response response) {
    List<String> tags = response.headers("ETag");
    if (!tags.isEmpty()) {
      String tag = tags.getFirst().strip();
      return tags.size() == 1 && STRONG_ETAG.matcher(tag).matches() ? tag : null;
    }
    Instant modified = response.headers().getInstant("Last-Modified");
    Instant sent = response.headers().getInstant("Date");
    boolean strong =
        modified != null
            && sent != null
            && Duration.between(modified, sent).compareTo(STRONG_AGE) >= 0;
    return strong ? response.header("Last-Modified") : null;
  }
}
