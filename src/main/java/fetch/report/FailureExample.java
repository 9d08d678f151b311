package fetch.report;

import fetch.FetchResult;
import fetch.FetchResult.Failure;

/**
 * A failed entry as an example of an error.
 *
 * @param url as in its record, or the text of an entry that is not a URL
 * @param message as in its record
 */
record FailureExample(String url, String message) {
  /** Servers control the length of some texts. */
  private static final int MOST_CHARS = 300;

  static FailureExample of(FetchResult result, Failure failure) {
    return new FailureExample(cut(Urls.of(result)), cut(failure.message()));
  }

  /** The text, shortened so that many examples fit in memory. */
  static String cut(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }
}
