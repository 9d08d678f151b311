package fetch.input;

import fetch.Target;
import org.jspecify.annotations.Nullable;

/** Parses URLs. Safe for many threads. */
public interface TargetParser {
  /** Parses an absolute http or https URL as browsers do (WHATWG URL). */
  Parsed parse(String url);

  /**
   * Resolves a link in a page to an absolute URL in normal form; null if it is invalid, and for a
   * parser that does not support pages.
   *
   * @param base the URL of the page
   */
  default @Nullable String resolve(String base, String link) {
    return null;
  }

  /** The result of parsing. */
  sealed interface Parsed {
    /** A URL. */
    record Good(Target target) implements Parsed {}

    /** Not a URL, with the reason. */
    record Bad(String reason) implements Parsed {}
  }
}
