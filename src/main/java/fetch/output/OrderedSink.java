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
 * Hands results on in input order. How many entries may be under way or held back is bounded by
 * {@link #horizon}: nothing at or beyond it may be begun yet, however far the positions of a part
 * of a list lie from each other.
 */
public final class OrderedSink implements ResultSink {
  /** How many entries may be under way or held back, unless their results are large. */
  public static final int USUAL_WINDOW = 16 * 1024;

  /** The horizon moves on by this part of the window, not by every single entry. */
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
   * @param gaps whether results are handed on at the end though some before them are missing
   * @param window how many entries may be under way or held back
   */
  public OrderedSink(ResultSink next, boolean gaps, int window) {
    this.next = next;
    this.gaps = gaps;
    this.window = window;
  }

  /** Says which entries come next, once all those before may be begun. */
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

  /** The position of the first entry that has to wait. */
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
