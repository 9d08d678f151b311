package fetch.output;

import fetch.FetchResult;

/** Colours of a terminal (ECMA-48, select graphic rendition). */
enum Colour {
  GREEN("32"),
  CYAN("36"),
  YELLOW("33"),
  RED("31"),
  DEFAULT("39");

  private static final int REDIRECTION = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final String start;

  Colour(String code) {
    this.start = "\u001b[" + code + "m";
  }

  /** The colour of a status by its class (RFC 9110, section 15); red for other failures. */
  static Colour of(FetchResult result) {
    int status = result.status();
    if (status == 0 || status >= SERVER_ERROR) {
      return RED;
    }
    if (status >= CLIENT_ERROR) {
      return YELLOW;
    }
    if (!result.ok()) {
      return RED;
    }
    return status >= REDIRECTION ? CYAN : GREEN;
  }

  String paint(String text) {
    return start + text + "\u001b[0m";
  }
}
