package fetch.since;

import fetch.SavedBody;
import fetch.Validators;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run found.
 *
 * @param gone whether it is known to have been there before that
 * @param shape by what answers are told from each other where there is nothing better
 * @param url where redirects led, password masked; null when they led nowhere
 */
record EarlierResult(
    boolean ok,
    boolean gone,
    long shape,
    @Nullable String url,
    Validators validators,
    SavedBody stored) {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** What is told by the status, the size and the type of an answer, spread over all bits. */
  static long shape(int status, long size, @Nullable String contentType) {
    long mixed = contentType == null ? 0 : 1 + Integer.toUnsignedLong(contentType.hashCode());
    mixed = (mixed * SPREAD + size) * SPREAD + status;
    return mixed ^ mixed >>> 32;
  }
}
