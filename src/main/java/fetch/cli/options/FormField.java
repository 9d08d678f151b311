package fetch.cli.options;

import fetch.HttpSyntax;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code --form}: {@code NAME=CONTENT}, {@code NAME=@FILE} or {@code NAME=<FILE},
 * optionally followed by {@code ;type=TYPE} and {@code ;filename=NAME}. Values with semicolons or
 * commas need double quotes, and a backslash before quotes and backslashes.
 *
 * @param text the content, empty if it comes from a file
 * @param file with the content, null for none
 * @param uploaded whether the name of the file is sent as well
 * @param type the media type, null for the default
 * @param filename set by the user, null for none
 */
record FormField(
    String name,
    String text,
    @Nullable String file,
    boolean uploaded,
    @Nullable String type,
    @Nullable String filename) {

  /** Whether a value reads standard input. */
  static boolean readsStandardInput(String value) {
    int equals = value.indexOf('=');
    boolean named = value.startsWith("@-", equals + 1) || value.startsWith("<-", equals + 1);
    int end = equals + 3;
    return named && (value.length() == end || value.charAt(end) == ';');
  }

  static FormField parse(String value) throws UsageException {
    int equals = value.indexOf('=');
    if (equals < 0) {
      throw new UsageException("--form: it takes NAME=CONTENT, NAME=@FILE or NAME=<FILE");
    }
    char kind = equals + 1 < value.length() ? value.charAt(equals + 1) : 0;
    boolean fromFile = kind == '@' || kind == '<';
    Words words = new Words(value, equals + (fromFile ? 2 : 1));
    String content = words.next();
    if (fromFile && content.indexOf(',') >= 0 && !words.quoted()) {
      throw new UsageException(
          "--form: a file name with a comma needs quotes; give each file an option of its own");
    }
    String type = null;
    String filename = null;
    while (words.hasNext()) {
      String parameter = words.parameter();
      String word = words.next();
      switch (parameter) {
        case "type" -> type = header(word);
        case "filename" -> filename = word;
        default ->
            throw new UsageException(
                "--form: ;type= and ;filename= may follow the content, which needs quotes if it has"
                    + " a semicolon: NAME=\"a;b\"");
      }
    }
    return new FormField(
        value.substring(0, equals),
        fromFile ? "" : content,
        fromFile ? content : null,
        kind == '@',
        type,
        filename);
  }

  private static String header(String type) throws UsageException {
    if (!HttpSyntax.isValue(type)) {
      throw new UsageException("--form: the type has a control character");
    }
    return type;
  }

  /** The parts between semicolons. */
  private static final class Words {
    private final String value;
    private int at;
    private boolean quoted;

    Words(String value, int start) {
      this.value = value;
      this.at = start;
    }

    boolean hasNext() {
      return at < value.length();
    }

    /** Whether the last word was quoted. */
    boolean quoted() {
      return quoted;
    }

    /** The name before the next equals sign, in lower case; empty if there is none. */
    String parameter() {
      at++; // the semicolon
      int equals = value.indexOf('=', at);
      int end = value.indexOf(';', at);
      if (equals < 0 || (end >= 0 && end < equals)) {
        return "";
      }
      String name = value.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      at = equals + 1;
      return name;
    }

    /**
     * The next word, up to a semicolon. A media type may have parameters: {@code
     * text/plain;charset=utf-8}.
     */
    String next() throws UsageException {
      quoted = value.startsWith("\"", at) && closingQuote() >= 0;
      if (quoted) {
        return unquoted();
      }
      int end = end();
      String word = value.substring(at, end);
      at = end;
      return word;
    }

    private int end() {
      boolean isType = value.regionMatches(true, Math.max(0, at - 5), "type=", 0, 5);
      int end = value.indexOf(';', at);
      while (isType && end >= 0 && !value.regionMatches(true, end + 1, "filename=", 0, 9)) {
        end = value.indexOf(';', end + 1);
      }
      return end < 0 ? value.length() : end;
    }

    private int closingQuote() {
      for (int i = at + 1; i < value.length(); i++) {
        if (value.charAt(i) == '\\') {
          i++;
        } else if (value.charAt(i) == '"') {
          return i + 1 == value.length() || value.charAt(i + 1) == ';' ? i : -1;
        }
      }
      return -1;
    }

    private String unquoted() {
      int close = closingQuote();
      StringBuilder word = new StringBuilder();
      for (int i = at + 1; i < close; i++) {
        char c = value.charAt(i);
        boolean escape = c == '\\' && i + 1 < close && "\\\"".indexOf(value.charAt(i + 1)) >= 0;
        word.append(escape ? value.charAt(++i) : c);
      }
      at = close + 1;
      return word.toString();
    }
  }
}
