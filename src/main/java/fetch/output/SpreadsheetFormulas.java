package fetch.output;

/** Prevents spreadsheets from running text of a CSV table as a formula. */
final class SpreadsheetFormulas {
  /** Signs that begin a formula, including the wide forms of East Asian keyboards. */
  private static final String SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20";

  private SpreadsheetFormulas() {}

  /**
   * The text, with an apostrophe in front if it would be a formula. Plain numbers with a sign are
   * not formulas.
   */
  static String disarmed(String text) {
    boolean armed = !text.isEmpty() && SIGNS.indexOf(text.charAt(0)) >= 0 && !isNumber(text);
    return armed ? "'" + text : text;
  }

  private static boolean isNumber(String text) {
    int point = 0;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      point += c == '.' ? 1 : 0;
      if ((c < '0' || c > '9') && (c != '.' || point > 1)) {
        return false;
      }
    }
    return text.charAt(0) < 0x80 && text.length() > 1;
  }
}
