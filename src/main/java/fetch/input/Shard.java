package fetch.input;

import fetch.BadLine;
import fetch.Entry;
import fetch.FetchRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a list: the entries of some of its hosts. Limits for a host therefore hold without
 * coordination between the parts. The part of a host never changes.
 *
 * @param index from 1 to count
 * @param key which hosts are in the same part
 */
public record Shard(int index, int count, HostKey key) {
  /** The whole list. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

  /** Fibonacci hashing: spreads host names that differ only in their last letter. */
  private static final int SPREAD = 0x9E3779B9;

  /** A part in which each host is a group of its own. */
  public Shard(int index, int count) {
    this(index, count, HostKey.ITSELF);
  }

  /** The same part of a list that is divided by another key. */
  public Shard by(HostKey other) {
    return new Shard(index, count, other);
  }

  /** Whether it is the whole list. */
  public boolean isWhole() {
    return count == 1;
  }

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
   * Whether an entry belongs to this part. Lines without a host are spread by their text.
   *
   * @param parser finds the host in a bad line
   */
  boolean has(Entry entry, EntryParser parser) {
    return isWhole() || indexOf(entry, count, key, parser) == index;
  }

  /** Whether an entry belongs to this part, by the input in its record. */
  public boolean hasInput(String input, EntryParser parser) {
    return indexOf(keyOf(input, key, parser), count) == index;
  }

  /**
   * The part of an entry, from 1.
   *
   * @param parser finds the host in a bad line
   */
  public static int indexOf(Entry entry, int count, HostKey key, EntryParser parser) {
    return indexOf(
        switch (entry) {
          case FetchRequest request -> key.of(request.target().host());
          case BadLine line -> keyOf(line.input(), key, parser);
        },
        count);
  }

  private static String keyOf(String input, HostKey key, EntryParser parser) {
    String host = parser.host(input);
    return host == null ? input : key.of(host);
  }

  /** The part of all entries with this {@link HostKey}, from 1. */
  public static int indexOf(String key, int count) {
    int hash = key.hashCode() * SPREAD;
    return Integer.remainderUnsigned(hash >>> 8, count) + 1;
  }

  /** In the syntax of {@link #parse}. The compiler's own method would cost each start 10 ms. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
