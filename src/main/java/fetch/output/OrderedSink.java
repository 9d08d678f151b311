package fetch.output;

import fetch.FetchResult;
import java.util.TreeMap;

/**
 * Hands results on in input order. How many it may have to hold back is bounded by {@link
 * #horizon}: nothing at or beyond it may be begun yet.
 */
public final class OrderedSink implements ResultSink {
  private static final int MOST_HELD = 16 * 1024;

  private final ResultSink next;
  private final TreeMap<Long, FetchResult> held = new TreeMap<>();
  private volatile long expected;

  public OrderedSink(ResultSink next) {
    this.next = next;
  }

  /** The position of the first entry that has to wait. */
  public long horizon() {
    return expected + MOST_HELD;
  }

  @Override
  public synchronized void accept(FetchResult result) {
    long position = result.entry().urlnum();
    if (position != expected) {
      held.put(position, result);
      return;
    }
    for (FetchResult due = result; due != null; due = held.remove(position)) {
      next.accept(due);
      position++;
    }
    expected = position;
  }

  /** Hands on what is left, in order, though some entries between may never have been begun. */
  @Override
  public synchronized void close() {
    held.values().forEach(next::accept);
    next.close();
  }
}
