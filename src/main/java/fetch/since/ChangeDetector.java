package fetch.since;

import fetch.Change;
import fetch.FetchResult;
import fetch.HashAlgorithm;
import fetch.Outcome;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares an entry's result with that of an earlier run. */
final class ChangeDetector {
  private ChangeDetector() {}

  /**
   * The change of an entry.
   *
   * @param before null if the earlier run did not have the entry
   */
  static Change between(@Nullable EarlierResult before, FetchResult now) {
    if (before == null) {
      return Change.NEW;
    }
    if (!now.ok()) {
      return isGone(now.status()) && (before.ok() || before.gone()) ? Change.GONE : Change.FAILED;
    }
    if (!before.ok()) {
      return Change.RECOVERED;
    }
    return isSame(before, now) ? Change.SAME : Change.CHANGED;
  }

  private static boolean isGone(int status) {
    return status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE;
  }

  /** Compares the best evidence that both sides have: hashes, ETag, Last-Modified, or shape. */
  private static boolean isSame(EarlierResult before, FetchResult now) {
    if (isStill(now)) {
      return true;
    }
    int digests = 0;
    int equal = 0;
    for (Map.Entry<HashAlgorithm, String> digest :
        now.representation().stored().digests().entrySet()) {
      String other = before.stored().digests().get(digest.getKey());
      digests += other == null ? 0 : 1;
      equal += digest.getValue().equals(other) ? 1 : 0;
    }
    if (digests > 0) {
      return equal == digests;
    }
    String tag = now.representation().validators().etag();
    String tagBefore = before.validators().etag();
    if (tag != null && tagBefore != null) {
      return opaque(tag).equals(opaque(tagBefore));
    }
    String date = now.representation().validators().lastModified();
    String dateBefore = before.validators().lastModified();
    if (date != null && dateBefore != null) {
      return date.equals(dateBefore);
    }
    return shape(now) == before.shape();
  }

  /** Whether no body was sent: the response was 304, or no request was made. */
  static boolean isStill(FetchResult now) {
    return now.ok()
        && (now.attempt() == null || now.attempt().outcome() instanceof Outcome.Unchanged);
  }

  /** The weak comparison of RFC 9110, section 8.8.3.2. */
  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  private static long shape(FetchResult now) {
    return EarlierResult.shape(
        now.status(),
        now.attempt() == null ? 0 : now.attempt().body().delivered(),
        now.attempt() == null ? null : now.attempt().response().contentType());
  }
}
