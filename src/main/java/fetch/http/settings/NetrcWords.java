package fetch.http.settings;

import org.jspecify.annotations.Nullable;

/**
 * Splits a netrc file into words, as curl does: words end at white space, or are in double quotes.
 * There {@code \n}, {@code \r} and {@code \t} are control characters, and a backslash escapes any
 * other character.
 */
final class NetrcWords {
  private static final int LONGEST_WORD = 4096;

  /**
   * A word.
   *
   * @param quoted whether it was in quotes and is therefore not a keyword
   */
  record Word(String text, boolean quoted) {
    boolean is(String keyword) {
      return !quoted && text.equalsIgnoreCase(keyword);
    }
  }

  private final String text;
  private int at;

  /**
   * @param text without comment lines
   */
  NetrcWords(String text) {
    this.text = text;
  }

  /**
   * The next word, null at the end.
   *
   * @throws IllegalArgumentException if a quote is unclosed, or a word is too long
   */
  @Nullable Word next() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return null;
    }
    boolean quoted = text.charAt(at) == '"';
    String word = quoted ? quoted() : plain();
    if (word.length() > LONGEST_WORD) {
      throw new IllegalArgumentException("a word is longer than " + LONGEST_WORD + " characters");
    }
    return new Word(word, quoted);
  }

  private String plain() {
    int start = at;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder word = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return word.toString();
      }
      if (c == '\\' && i + 1 < text.length()) {
        word.append(unescaped(text.charAt(++i)));
      } else {
        word.append(c);
      }
    }
    throw new IllegalArgumentException("a quote has no end");
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  /** Skips a macro, which ends with an empty line. */
  void skipMacro() {
    boolean lineIsEmpty = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n' && lineIsEmpty) {
        return;
      }
      lineIsEmpty = c == '\n' || (lineIsEmpty && c == '\r');
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
