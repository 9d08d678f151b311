package fetch.input;

import fetch.Target;

/** Knows what a URL is. Safe for many threads. */
public interface TargetParser {
  /** Parses an absolute http or https URL as browsers do (WHATWG URL). */
  Parsed parse(String url);

  /** What became of it. */
  sealed interface Parsed {
    /** It is a URL. */
    record Good(Target target) implements Parsed {}

    /** Not a URL, with the reason. */
    record Bad(String reason) implements Parsed {}
  }
}
