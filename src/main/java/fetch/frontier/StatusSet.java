package fetch.frontier;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of HTTP status codes, such as {@code 200-399,404}. Immutable. */
public final class StatusSet {
  private static final String RANGE = "([1-9]\\d\\d)(?:\\s*-\\s*([1-9]\\d\\d))?";
  private static final Pattern CODES = Pattern.compile("\\s*()" + RANGE + "()()\\s*");
  private static final Pattern CLASSES =
      Pattern.compile(
          "\\s*(!?)\\s*(?:" + RANGE + "|([1-9])xx|(\\*))\\s*", Pattern.CASE_INSENSITIVE);

  private static final int FIRST = 100;
  private static final int LAST = 999;

  /** Every status code. */
  public static final StatusSet ALL = parse("100-999");

  private final BitSet codes;

  private StatusSet(BitSet codes) {
    this.codes = codes;
  }

  /** Parses codes and ranges of codes, separated by commas. */
  public static StatusSet parse(String text) {
    return parse(text, CODES, new BitSet());
  }

  /**
   * Parses codes, ranges, classes such as {@code 5xx}, and {@code *} for all, separated by commas.
   * The set does not have what follows {@code !}, wherever that stands. If all parts begin so, they
   * are excluded from this set.
   */
  public StatusSet changed(String text) {
    return parse(text, CLASSES, codes);
  }

  private static StatusSet parse(String text, Pattern syntax, BitSet usual) {
    BitSet codes = new BitSet();
    BitSet excluded = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher matcher = syntax.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'" + part + "' is neither a status code nor a range of status codes");
      }
      int first = first(matcher);
      int last = last(matcher, first);
      if (last < first) {
        throw new IllegalArgumentException("'" + part + "' ends before it begins");
      }
      (matcher.group(1).isEmpty() ? codes : excluded).set(first, last + 1);
    }
    if (codes.isEmpty()) {
      codes.or(usual);
    }
    codes.andNot(excluded);
    return new StatusSet(codes);
  }

  private static int first(Matcher part) {
    if (part.group(2) != null) {
      return Integer.parseInt(part.group(2));
    }
    return part.group(4) == null ? FIRST : FIRST * Integer.parseInt(part.group(4));
  }

  private static int last(Matcher part, int first) {
    if (part.group(2) != null) {
      return part.group(3) == null ? first : Integer.parseInt(part.group(3));
    }
    return part.group(4) == null ? LAST : first + FIRST - 1;
  }

  public boolean contains(int status) {
    return codes.get(status);
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int first = codes.nextSetBit(0); first >= 0; first = nextAfter(first)) {
      int last = codes.nextClearBit(first) - 1;
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (last > first) {
        text.append('-').append(last);
      }
    }
    return text.toString();
  }

  private int nextAfter(int first) {
    return codes.nextSetBit(codes.nextClearBit(first));
  }
}
