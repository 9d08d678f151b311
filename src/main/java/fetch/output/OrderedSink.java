package fetch.output;

import fetch.Entry;
import fetch.FetchResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Hands results on in input order. How many it may have to hold back is bounded by {@link
 * #horizon}: nothing at or beyond it may be begun yet, however far the positions of a part of a
 * list lie from each other.
 */
public final class OrderedSink implements ResultSink {
  private static final int MOST_EXPECTED = 16 * 1024;

  private final ResultSink next;
  private final Deque<Long> expected = new ArrayDeque<>();
  private final Map<Long, FetchResult> held = new HashMap<>();
  private final boolean gaps;
  private volatile long horizon = Long.MAX_VALUE;

  public OrderedSink(ResultSink next) {
    this(next, true);
  }

  /**
   * @param gaps whether results are handed on at the end though some before them are missing
   */
  public OrderedSink(ResultSink next, boolean gaps) {
    this.next = next;
    this.gaps = gaps;
  }

  /** Says which entries come next, once all those before may be begun. */
  public synchronized void expect(List<Entry> entries) {
    for (Entry entry : entries) {
      expected.addLast(entry.urlnum());
    }
    if (expected.size() > MOST_EXPECTED) {
      horizon = entries.getFirst().urlnum();
    }
  }

  /** The position of the first entry that has to wait. */
  public long horizon() {
    return horizon;
  }

  @Override
  public synchronized void accept(FetchResult result) {
    held.put(result.entry().urlnum(), result);
    while (!expected.isEmpty() && held.containsKey(expected.getFirst())) {
      next.accept(Objects.requireNonNull(held.remove(expected.removeFirst())));
    }
    if (expected.size() <= MOST_EXPECTED) {
      horizon = Long.MAX_VALUE;
    }
  }

  /** How many results are held back. */
  public synchronized int held() {
    return held.size();
  }

  /** Hands on what is left, in order, though some entries between may never have been begun. */
  @Override
  public synchronized void close() {
    if (gaps) {
      new TreeMap<>(held).values().forEach(next::accept);
    }
    next.close();
  }
}
