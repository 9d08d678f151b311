package fetch.input;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for many URLs, in curl's syntax: {@code {x,y}}, {@code [1-10]}, {@code [001-100:2]} and
 * {@code [a-z]}. The last part varies fastest. A backslash escapes a bracket. IPv6 addresses and
 * {@code []} are literal. URLs are generated one by one. Immutable.
 */
public final class UrlGlob {
  private static final String BRACKETS = "{}[]";
  private static final int NAME_LENGTH = 64;
  private static final int MOST_LETTERS = 26;

  private static final Pattern ADDRESS =
      Pattern.compile("\\[[0-9A-Fa-f]*:[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*(%[\\w.~]+)?]");
  private static final Pattern LETTERS = Pattern.compile("([A-Za-z])-(.)(?::(\\d{1,3}))?");
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,19})-(\\d{1,19})(?::(\\d{1,19}))?");

  /** A part of the pattern, with its values by number. */
  private sealed interface Part {
    long size();

    void append(long index, StringBuilder url);

    record Set(List<String> elements) implements Part {
      @Override
      public long size() {
        return elements.size();
      }

      @Override
      public void append(long index, StringBuilder url) {
        url.append(elements.get((int) index));
      }
    }

    record Letters(char first, long size, int step) implements Part {
      @Override
      public void append(long index, StringBuilder url) {
        url.append((char) (first + index * step));
      }
    }

    record Numbers(long first, long size, long step, int width) implements Part {
      @Override
      public void append(long index, StringBuilder url) {
        String number = Long.toString(first + index * step);
        url.repeat('0', Math.max(0, width - number.length())).append(number);
      }
    }
  }

  /** Thrown if a text is not a valid pattern. */
  static final class BadGlobException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param position of the fault, from 0
     */
    private BadGlobException(int position, String reason) {
      super("--glob: column " + (position + 1) + ": " + reason);
    }
  }

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private long size = 1;
  private int at;

  private UrlGlob(String text) {
    this.text = text;
  }

  /** Whether a text has any special character. */
  static boolean isIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (BRACKETS.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if the pattern is invalid; the message names the column
   */
  public static UrlGlob of(String text) {
    try {
      return parse(text);
    } catch (BadGlobException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static UrlGlob parse(String text) throws BadGlobException {
    UrlGlob glob = new UrlGlob(text);
    glob.parse();
    return glob;
  }

  private void parse() throws BadGlobException {
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '{' -> set();
        case '[' -> bracket();
        case '}', ']' -> throw new BadGlobException(at, c + " without an opening bracket");
        case '\\' -> {
          boolean escapes = at + 1 < text.length() && BRACKETS.indexOf(text.charAt(at + 1)) >= 0;
          at += escapes ? 1 : 0;
          literal.append(text.charAt(at++));
        }
        default -> {
          literal.append(c);
          at++;
        }
      }
    }
    endLiteral();
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Part.Set(List.of(literal.toString())));
      literal.setLength(0);
    }
  }

  private void add(Part part, int open) throws BadGlobException {
    endLiteral();
    try {
      size = Math.multiplyExact(size, part.size());
    } catch (ArithmeticException e) {
      throw new BadGlobException(open, "the pattern stands for too many URLs");
    }
    parts.add(part);
  }

  private void set() throws BadGlobException {
    int open = at++;
    skipName();
    int begin = at;
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    for (; ; at++) {
      if (at == text.length()) {
        throw new BadGlobException(open, "{ without }");
      }
      char c = text.charAt(at);
      switch (c) {
        case '{', '[', ']' -> throw new BadGlobException(at, c + " within braces");
        case '}', ',' -> {
          elements.add(element.toString());
          element.setLength(0);
        }
        case '\\' -> {
          at += at + 1 < text.length() ? 1 : 0;
          element.append(text.charAt(at));
        }
        default -> element.append(c);
      }
      if (c == '}') {
        break;
      }
    }
    if (at == begin) {
      throw new BadGlobException(open, "{} is empty; write \\{\\} for braces in the URL");
    }
    at++;
    add(new Part.Set(List.copyOf(elements)), open);
  }

  /** Skips curl's name of a part, which only {@code curl -o} uses. */
  private void skipName() {
    int end = text.startsWith("<", at) ? text.indexOf('>', at) : -1;
    if (end > at + 1 && end - at <= NAME_LENGTH) {
      at = end + 1;
    }
  }

  private void bracket() throws BadGlobException {
    int open = at;
    int close = text.indexOf(']', at);
    if (close < 0) {
      throw new BadGlobException(open, "[ without ]");
    }
    String bracketed = text.substring(at, close + 1);
    if (bracketed.length() == 2 || ADDRESS.matcher(bracketed).matches()) {
      literal.append(bracketed);
    } else {
      at++;
      skipName();
      add(range(text.substring(at, close), open), open);
    }
    at = close + 1;
  }

  private static Part range(String range, int open) throws BadGlobException {
    Matcher letters = LETTERS.matcher(range);
    if (letters.matches()) {
      char first = letters.group(1).charAt(0);
      int last = letters.group(2).charAt(0);
      long step = step(letters.group(3));
      if (last - first < MOST_LETTERS && isRange(first, last, step)) {
        return new Part.Letters(first, (last - first) / step + 1, (int) step);
      }
    }
    Matcher numbers = NUMBERS.matcher(range);
    try {
      if (numbers.matches()) {
        long first = Long.parseLong(numbers.group(1));
        long last = Long.parseLong(numbers.group(2));
        long step = step(numbers.group(3));
        if (isRange(first, last, step) && Long.MAX_VALUE - step >= last) {
          int width = range.startsWith("0") ? numbers.group(1).length() : 1;
          return new Part.Numbers(first, (last - first) / step + 1, step, width);
        }
      }
    } catch (NumberFormatException e) {
      throw new BadGlobException(open, "the range has a number above " + Long.MAX_VALUE);
    }
    throw new BadGlobException(
        open,
        "not a range such as [1-10], [001-100], [a-z] or [1-9:2];"
            + " write \\[ and \\] for brackets in the URL");
  }

  private static long step(@Nullable String text) {
    return text == null ? 1 : Long.parseLong(text);
  }

  /** As in curl, a step that leads out of the range is an error. */
  private static boolean isRange(long first, long last, long step) {
    return first == last ? step == 1 : step > 0 && first < last && step <= last - first;
  }

  /** The number of URLs, 1 or more. */
  public long size() {
    return size;
  }

  /** The URL at a position from 0. */
  public String at(long position) {
    long[] indexes = new long[parts.size()];
    long rest = position;
    for (int i = parts.size() - 1; i >= 0; i--) {
      indexes[i] = rest % parts.get(i).size();
      rest /= parts.get(i).size();
    }
    StringBuilder url = new StringBuilder(text.length() + 16);
    for (int i = 0; i < indexes.length; i++) {
      parts.get(i).append(indexes[i], url);
    }
    return url.toString();
  }
}
