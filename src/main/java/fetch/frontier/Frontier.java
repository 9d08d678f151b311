package fetch.frontier;

import fetch.Attempt;
import fetch.BadLine;
import fetch.Clock;
import fetch.Entry;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.output.ResultSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the entries that wait, gives out the next request, and settles what became of it.
 *
 * <ul>
 *   <li>Every entry offered is given out at most once at a time and ends in at most one result; in
 *       exactly one unless the run is stopped before its turn.
 *   <li>It holds at most a window of entries, however long the list is: {@link #offer} blocks.
 *   <li>Results leave as they come; nothing that waits for input keeps them back.
 * </ul>
 *
 * Safe for many threads.
 */
public final class Frontier {
  private record Waiting(FetchRequest request, long since) {}

  private final Clock clock;
  private final Verdict verdict;
  private final ResultSink sink;
  private final int window;
  private final LongSupplier horizon;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean inputEnded;
  private boolean stopped;
  private volatile boolean beyondHorizon;

  /**
   * @param window how many entries may wait at once
   * @param horizon the position that no entry may reach yet, so that results in input order stay
   *     few; it is read again after every result
   */
  public Frontier(Clock clock, Verdict verdict, ResultSink sink, int window, LongSupplier horizon) {
    this.clock = clock;
    this.verdict = verdict;
    this.sink = sink;
    this.window = window;
    this.horizon = horizon;
  }

  /**
   * Takes in entries, blocking while there is no room. Returns how many it took: all of them unless
   * the run is stopped.
   */
  public int offer(List<Entry> entries) {
    int taken = 0;
    while (taken < entries.size() && takeIn(entries.get(taken))) {
      taken++;
    }
    return taken;
  }

  private boolean takeIn(Entry entry) {
    boolean admitted = admit(entry);
    if (admitted && entry instanceof BadLine line) {
      accept(verdict.of(line));
    }
    return admitted;
  }

  private boolean admit(Entry entry) {
    lock.lock();
    try {
      while (!stopped && (waiting.size() >= window || isBeyondHorizon(entry))) {
        room.awaitUninterruptibly();
      }
      if (!stopped && entry instanceof FetchRequest request) {
        waiting.add(new Waiting(request, clock.nanoTime()));
        work.signal();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Looks again once results are told to wake the reader, lest one in between goes unnoticed. */
  private boolean isBeyondHorizon(Entry entry) {
    if (entry.urlnum() < horizon.getAsLong()) {
      return false;
    }
    beyondHorizon = true;
    return entry.urlnum() >= horizon.getAsLong();
  }

  /** Says that no more entries will be offered. */
  public void endOfInput() {
    lock.lock();
    try {
      inputEnded = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next request to attempt, null when there will be none. Blocks until either is known. */
  public @Nullable Turn take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && waiting.isEmpty() && !inputEnded) {
        work.await();
      }
      return stopped || waiting.isEmpty() ? null : begin(waiting.remove());
    } finally {
      lock.unlock();
    }
  }

  private Turn begin(Waiting next) {
    if (waiting.size() == window / 2) {
      room.signalAll();
    }
    return new Turn(next.request(), 0, clock.nanoTime() - next.since());
  }

  /** Takes back a turn with what came of it. */
  public void settle(Turn turn, Attempt attempt) {
    accept(verdict.of(turn, attempt));
  }

  private void accept(FetchResult result) {
    sink.accept(result);
    if (beyondHorizon) {
      wakeReader();
    }
  }

  private void wakeReader() {
    lock.lock();
    try {
      beyondHorizon = false;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives out no more turns; those given out are settled as usual. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many entries were offered but not given out, once the run has ended. */
  public long notReached() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
