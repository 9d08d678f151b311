package fetch.frontier;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of HTTP status codes, such as {@code 200-399,404}. Immutable. */
public final class StatusSet {
  private static final Pattern RANGE =
      Pattern.compile("\\s*([1-9]\\d\\d)(?:\\s*-\\s*([1-9]\\d\\d))?\\s*");

  private final BitSet codes;

  private StatusSet(BitSet codes) {
    this.codes = codes;
  }

  /** Parses codes and ranges of codes, separated by commas. */
  public static StatusSet parse(String text) {
    BitSet codes = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw new IllegalArgumentException(
            "'" + part + "' is neither a status nor a range of them");
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last < first) {
        throw new IllegalArgumentException("'" + part + "' ends before it begins");
      }
      codes.set(first, last + 1);
    }
    return new StatusSet(codes);
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
