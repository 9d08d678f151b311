package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a list: the entries of some of its hosts, so that whatever holds for a host holds
 * without the parts knowing of each other. Which part a host is in never changes.
 *
 * @param index from 1 to count
 */
public record Shard(int index, int count) {
  /** The whole list. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  /** Fibonacci hashing: spreads host names that differ in their last letter only. */
  private static final int SPREAD = 0x9E3779B9;

  /** {@code I/N}. */
  public static Shard parse(String text) {
    Matcher matcher = PATTERN.matcher(text.strip());
    if (matcher.matches()) {
      int index = Integer.parseInt(matcher.group(1));
      int count = Integer.parseInt(matcher.group(2));
      if (index >= 1 && index <= count) {
        return new Shard(index, count);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a part such as 1/4 (the first of four)");
  }

  /**
   * Whether an entry belongs to this part. Lines that name no host are spread by their text.
   *
   * @param parser finds the host that a bad line may name
   */
  boolean has(Entry entry, EntryParser parser) {
    return count == 1
        || switch (entry) {
          case FetchRequest request -> isOurs(request.target().host());
          case BadLine line -> hasInput(line.input(), parser);
        };
  }

  /** Whether what a record shows of an entry is of this part. */
  public boolean hasInput(String input, EntryParser parser) {
    String host = parser.host(input);
    return isOurs(host == null ? input : host);
  }

  /** As {@link #parse} takes it; one of the compiler's making would cost each start 10 ms. */
  @Override
  public String toString() {
    return index + "/" + count;
  }

  private boolean isOurs(String text) {
    int hash = text.hashCode() * SPREAD;
    return Integer.remainderUnsigned(hash >>> 8, count) == index - 1;
  }
}
