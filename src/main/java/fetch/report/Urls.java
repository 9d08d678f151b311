package fetch.report;

import fetch.BadLine;
import fetch.FetchRequest;
import fetch.FetchResult;

/** Returns the text that identifies an entry. */
final class Urls {
  private Urls() {}

  /** The URL without its password, or the text of an entry that is not a URL, as in its record. */
  static String of(FetchResult result) {
    return switch (result.entry()) {
      case FetchRequest request -> request.target().url();
      case BadLine line -> line.input();
    };
  }
}
