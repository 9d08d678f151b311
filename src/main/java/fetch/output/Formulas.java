package fetch.output;

/** Text that a spreadsheet takes for a formula, and may run, when it opens a table of CSV. */
final class Formulas {
  /** What begins one, in the wide forms of East Asian keyboards too. */
  private static final String SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20";

  private Formulas() {}

  /** The text, after an apostrophe if it would be a formula. Plain numbers with a sign are none. */
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
