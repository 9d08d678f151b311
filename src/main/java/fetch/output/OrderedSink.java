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
 * Passes on results in input order. {@link #horizon} bounds how many entries may be in flight or
 * held back: no entry at or beyond it may begin yet, even if the positions of a shard are far
 * apart.
 */
public final class OrderedSink implements ResultSink {
  /** How many entries may be in flight or held back, unless their results are large. */
  public static final int USUAL_WINDOW = 16 * 1024;

  /** The horizon advances by this part of the window, not by single entries. */
  private static final int STEPS = 16;

  private final ResultSink next;
  private final Deque<Long> within = new ArrayDeque<>();
  private final Deque<Long> beyond = new ArrayDeque<>();
  private final Map<Long, FetchResult> held = new HashMap<>();
  private final boolean gaps;
  private final int window;
  private volatile long horizon = Long.MAX_VALUE;

  public OrderedSink(ResultSink next) {
    this(next, true, USUAL_WINDOW);
  }

  /**
   * @param gaps whether results are passed on at the end although earlier ones are missing
   * @param window how many entries may be in flight or held back
   */
  public OrderedSink(ResultSink next, boolean gaps, int window) {
    this.next = next;
    this.gaps = gaps;
    this.window = window;
  }

  /** Announces the next entries; all earlier ones may begin. */
  public synchronized void expect(List<Entry> entries) {
    for (Entry entry : entries) {
      beyond.addLast(entry.urlnum());
    }
    moveOn();
  }

  private void moveOn() {
    int room = window - within.size();
    if (room >= Math.min(beyond.size(), Math.max(1, window / STEPS))) {
      for (int i = Math.min(room, beyond.size()); i > 0; i--) {
        within.addLast(beyond.removeFirst());
      }
    }
    horizon = beyond.isEmpty() ? Long.MAX_VALUE : beyond.getFirst();
  }

  /** The position of the first entry that must wait. */
  public long horizon() {
    return horizon;
  }

  @Override
  public synchronized void accept(FetchResult result) {
    held.put(result.entry().urlnum(), result);
    while (!within.isEmpty() && held.containsKey(within.getFirst())) {
      next.accept(Objects.requireNonNull(held.remove(within.removeFirst())));
    }
    if (!beyond.isEmpty()) {
      moveOn();
    }
  }

  /** The number of results held back. */
  public synchronized int held() {
    return held.size();
  }

  /**
   * Passes on the remaining results, in order, although entries between them may never have begun.
   */
  @Override
  public synchronized void close() {
    if (gaps) {
      new TreeMap<>(held).values().forEach(next::accept);
    }
    next.close();
  }
}
