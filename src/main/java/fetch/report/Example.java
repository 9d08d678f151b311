package fetch.report;

import fetch.FetchResult;
import fetch.FetchResult.Failure;

/**
 * One failed entry, to show what an error is like.
 *
 * @param url as records have it, or the entry that is no URL
 * @param message as records have it
 */
record Example(String url, String message) {
  /** Servers choose the length of some of it. */
  private static final int MOST_CHARS = 300;

  static Example of(FetchResult result, Failure failure) {
    return new Example(cut(Urls.of(result)), cut(failure.message()));
  }

  /** Text of a length that many examples may have. */
  static String cut(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }
}
