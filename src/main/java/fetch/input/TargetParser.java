package fetch.input;

import fetch.Target;
import org.jspecify.annotations.Nullable;

/** Knows what a URL is. Safe for many threads. */
public interface TargetParser {
  /** Parses an absolute http or https URL as browsers do (WHATWG URL). */
  Parsed parse(String url);

  /**
   * The absolute URL that a link in a page leads to, in normal form; null when it is not a valid
   * one. A parser without pages has none.
   *
   * @param base the URL of the page
   */
  default @Nullable String resolve(String base, String link) {
    return null;
  }

  /** What became of it. */
  sealed interface Parsed {
    /** It is a URL. */
    record Good(Target target) implements Parsed {}

    /** Not a URL, with the reason. */
    record Bad(String reason) implements Parsed {}
  }
}
