package fetch.cli.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a command line.
 *
 * @param depth the number of nested argument files around it
 */
record Word(String text, Origin origin, int depth) {
  private static final String NO_QUOTE = "";

  /**
   * Splits a line at white space. Single quotes keep everything literal. Within double quotes a
   * backslash escapes a double quote or a backslash; elsewhere a backslash is literal. {@code #} at
   * the start of a word begins a comment.
   */
  static List<Word> split(String line, Origin origin, int depth) throws SettingException {
    List<Word> words = new ArrayList<>();
    int at = skipBlanks(line, 0);
    while (at < line.length() && line.charAt(at) != '#') {
      StringBuilder text = new StringBuilder();
      at = read(line, at, text, origin);
      words.add(new Word(text.toString(), origin, depth));
      at = skipBlanks(line, at);
    }
    return words;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Reads one word and returns where it ends. */
  private static int read(String line, int from, StringBuilder text, Origin origin)
      throws SettingException {
    int at = from;
    String quote = NO_QUOTE;
    for (; at < line.length() && (!quote.isEmpty() || !isBlank(line.charAt(at))); at++) {
      char c = line.charAt(at);
      if (quote.isEmpty() && (c == '"' || c == '\'')) {
        quote = String.valueOf(c);
      } else if (!quote.isEmpty() && c == quote.charAt(0)) {
        quote = NO_QUOTE;
      } else {
        at += quote.equals("\"") && isEscape(line, at) ? 1 : 0;
        text.append(line.charAt(at));
      }
    }
    if (!quote.isEmpty()) {
      throw origin.complaint("the quote " + quote + " has no end");
    }
    return at;
  }

  private static boolean isEscape(String line, int at) {
    char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
    return line.charAt(at) == '\\' && (next == '"' || next == '\\');
  }
}
