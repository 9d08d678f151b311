package fetch.since;

import fetch.SavedBody;
import fetch.Validators;
import org.jspecify.annotations.Nullable;

/**
 * Holds the result of an entry in an earlier run.
 *
 * @param gone whether the entry was ok in a run before that
 * @param shape a hash of status, size and type, to compare responses without better evidence
 * @param url after redirects, password masked; null without redirects
 */
record EarlierResult(
    boolean ok,
    boolean gone,
    long shape,
    @Nullable String url,
    Validators validators,
    SavedBody stored) {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** A hash of the status, size and type of a response. */
  static long shape(int status, long size, @Nullable String contentType) {
    long mixed = contentType == null ? 0 : 1 + Integer.toUnsignedLong(contentType.hashCode());
    mixed = (mixed * SPREAD + size) * SPREAD + status;
    return mixed ^ mixed >>> 32;
  }
}
