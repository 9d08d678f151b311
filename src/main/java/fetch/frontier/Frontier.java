package fetch.frontier;

import fetch.Attempt;
import fetch.BadLine;
import fetch.Clock;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.Limit;
import fetch.WorkersUsed;
import fetch.frontier.ScheduleOutput.RobotsCheck;
import fetch.output.ResultSink;
import fetch.robots.Rules;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Queues entries, gives out the next request, and turns its attempt into a result, a retry or the
 * next hop.
 *
 * <ul>
 *   <li>Every entry offered is given out at most once at a time and ends in at most one result; in
 *       exactly one unless the run is stopped before its turn.
 *   <li>It holds a window of entries, however long the list is: {@link #offer} blocks. The window
 *       grows, up to a limit, while workers are idle because the hosts in it may not be requested
 *       or failed the last time.
 *   <li>Results are written at once; waiting for input does not delay them.
 *   <li>At most one idle worker sleeps with a timeout; the others sleep until they are signalled.
 * </ul>
 *
 * {@link Schedule} decides which request is next; this class makes it safe for many threads.
 */
public final class Frontier {
  /** About 40 MB of entries, if no host may be requested yet. */
  private static final int MOST_HELD = 50_000;

  private final Clock clock;
  private final Verdict verdict;
  private final ResultSink sink;
  private final int window;
  private final LongSupplier horizon;
  private final Schedule schedule;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition growth = lock.newCondition();
  private int idle;
  private boolean clockWatched;
  private long watchedMoment;
  private boolean roomWanted;
  private int grown = Integer.MAX_VALUE; // how many workers there are, while a thread awaits more

  /** Whether workers are idle because no host in the window may be requested. */
  private boolean starving;

  private boolean inputEnded;
  private boolean stopped;
  private volatile boolean beyondHorizon;

  /**
   * @param window how many entries may wait at once
   * @param horizon the first position that may not be taken in yet, which limits how many results
   *     wait for their place in input order; read again after every result
   */
  public Frontier(
      Clock clock,
      Verdict verdict,
      Politeness politeness,
      RetryPolicy retries,
      ResultSink sink,
      int window,
      LongSupplier horizon) {
    this.clock = clock;
    this.verdict = verdict;
    this.sink = sink;
    this.window = window;
    this.horizon = horizon;
    this.schedule = new Schedule(verdict, politeness, retries, clock.nanoTime());
  }

  /**
   * Takes in entries, blocking while the window is full. Returns the number taken: all, unless the
   * run is stopped.
   */
  public int offer(List<Entry> entries) {
    int taken = 0;
    while (taken < entries.size() && takeIn(entries.get(taken))) {
      taken++;
    }
    return taken;
  }

  /** Waits until results before an entry have left, as the horizon demands; false once stopped. */
  public boolean awaitHorizon(Entry entry) {
    return locked(() -> {
      while (!stopped && isBeyondHorizon(entry)) {
        room.awaitUninterruptibly();
      }
      return !stopped;
    });
  }

  private boolean takeIn(Entry entry) {
    ScheduleOutput output;
    lock.lock();
    try {
      while (!stopped && (isFull() || isBeyondHorizon(entry))) {
        roomWanted = isFull();
        room.awaitUninterruptibly();
      }
      if (stopped) {
        return false;
      }
      output = admit(entry);
    } finally {
      lock.unlock();
    }
    handOn(output);
    return true;
  }

  private ScheduleOutput admit(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> {
        long now = clock.nanoTime();
        schedule.add(request, now);
        wake(now);
        yield schedule.takeOutput();
      }
      case BadLine line -> new ScheduleOutput(List.of(verdict.of(line)), List.of());
    };
  }

  /** Writes results and matches robots.txt rules, both outside the lock. */
  private void handOn(ScheduleOutput output) {
    output.results().forEach(this::accept);
    for (RobotsCheck check : output.checks()) {
      String refusal = check.refusal();
      step(now -> schedule.finish(check, refusal, now));
    }
  }

  private void step(LongConsumer step) {
    ScheduleOutput output;
    lock.lock();
    try {
      long now = clock.nanoTime();
      step.accept(now);
      output = outputAt(now);
    } finally {
      lock.unlock();
    }
    handOn(output);
  }

  /** Wakes the threads that have work now, and returns the output of the step. */
  private ScheduleOutput outputAt(long now) {
    makeRoom();
    wake(now);
    return schedule.takeOutput();
  }

  /** Once workers lack work, the window grows until a whole window of entries is ready. */
  private boolean isFull() {
    int held = schedule.waiting();
    starving =
        held >= window
            && held < MOST_HELD
            && (starving ? schedule.ready() < window : isWorkLacking());
    return held >= window && !starving;
  }

  /** Whether idle workers have no work, or soon only hosts that failed the last time. */
  private boolean isWorkLacking() {
    int ready = schedule.ready();
    return (ready == 0 && idle > 0) || (ready <= window / 2 && schedule.hasFailingHost());
  }

  /**
   * Checks a second time after setting the flag, because a result may come between check and flag.
   */
  private boolean isBeyondHorizon(Entry entry) {
    if (entry.urlnum() < horizon.getAsLong()) {
      return false;
    }
    beyondHorizon = true;
    return entry.urlnum() >= horizon.getAsLong();
  }

  /** Ends the input: no more entries will be offered. */
  public void endOfInput() {
    lock.lock();
    try {
      inputEnded = true;
      work.signalAll();
      growth.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next request to attempt, or null at the end. Blocks until either is known. */
  public @Nullable Turn take() throws InterruptedException {
    while (true) {
      Turn turn;
      boolean over;
      ScheduleOutput output;
      lock.lockInterruptibly();
      try {
        turn = awaitTurn();
        over = isOver();
        output = schedule.takeOutput();
      } finally {
        lock.unlock();
      }
      handOn(output);
      if (turn != null || over) {
        return turn;
      }
    }
  }

  /**
   * Waits until more than this number of workers may be of use. Returns false when the run is over.
   * For one thread at a time.
   */
  public boolean awaitUse(int workers) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      grown = workers;
      while (!isOver() && schedule.inFlight().limit() <= workers) {
        growth.await();
      }
      return !isOver();
    } finally {
      grown = Integer.MAX_VALUE;
      lock.unlock();
    }
  }

  /** How many requests were allowed in flight; null where their number is fixed. */
  public @Nullable WorkersUsed workersUsed() {
    return locked(() -> schedule.inFlight().used());
  }

  /** Waits for a turn, for the end, or for output of the schedule. */
  private @Nullable Turn awaitTurn() throws InterruptedException {
    while (true) {
      long now = clock.nanoTime();
      Turn turn = stopped ? null : schedule.next(now);
      if (turn != null || schedule.hasOutput() || isOver()) {
        makeRoom();
        wake(now);
        return turn;
      }
      rest(schedule.delay(now), now);
    }
  }

  private boolean isOver() {
    return stopped || (inputEnded && schedule.isIdle());
  }

  @SuppressWarnings("WaitNotInLoop") // its caller loops
  private void rest(long nanos, long now) throws InterruptedException {
    idle++;
    makeRoom();
    boolean watching = nanos != Schedule.NEVER && isUnwatched(now + nanos);
    try {
      if (watching) {
        clockWatched = true;
        watchedMoment = now + nanos;
        work.awaitNanos(nanos);
      } else {
        work.await();
      }
    } finally {
      idle--;
      if (watching && watchedMoment == now + nanos) {
        clockWatched = false;
      }
    }
  }

  private boolean isUnwatched(long moment) {
    return !clockWatched || moment - watchedMoment < 0;
  }

  /** Wakes an idle worker for a turn or to watch the clock; at the end, wakes all. */
  private void wake(long now) {
    if (grown < Integer.MAX_VALUE && (isOver() || schedule.inFlight().limit() > grown)) {
      growth.signalAll();
    }
    if (idle == 0) {
      return;
    }
    if (isOver()) {
      work.signalAll();
      return;
    }
    long delay = schedule.delay(now);
    if (delay == 0 || (delay != Schedule.NEVER && isUnwatched(now + delay))) {
      work.signal();
    }
  }

  private void makeRoom() {
    boolean muchRoom = schedule.waiting() <= window / 2;
    if (roomWanted && !isFull() && (muchRoom || starving || isWorkLacking())) {
      roomWanted = false;
      room.signalAll();
    }
  }

  /**
   * Takes back a turn with its attempt. Returns the turn of a redirect that may be followed at
   * once; else null.
   */
  public @Nullable Turn settle(Turn turn, Attempt attempt) {
    Rules rules = schedule.read(turn, attempt);
    Turn next;
    ScheduleOutput output;
    lock.lock();
    try {
      long now = clock.nanoTime();
      next = schedule.settle(turn, attempt, rules, now);
      output = outputAt(now);
    } finally {
      lock.unlock();
    }
    handOn(output);
    return next;
  }

  /** Takes back a turn whose exchange threw: its entry ends with {@code internal}. */
  public void settle(Turn turn, Throwable bug) {
    step(now -> schedule.settle(turn, bug, now));
  }

  private void accept(FetchResult result) {
    sink.accept(result);
    if (!beyondHorizon) {
      return;
    }
    lock.lock();
    try {
      beyondHorizon = false;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops giving out turns; those in flight are settled as usual. Entries that wait for another
   * attempt end with this failure.
   *
   * @param reason {@link FailureKind#INTERRUPTED} or {@link FailureKind#DEADLINE}
   */
  public void stop(FailureKind reason) {
    lock.lock();
    try {
      stopped = true;
      schedule.stop(reason);
      work.signalAll();
      growth.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How long each limit has held entries back so far, in nanoseconds, summed over hosts. */
  public Map<Limit, Long> waits() {
    return locked(() -> schedule.waits(clock.nanoTime()));
  }

  /** The number of entries that were offered but never given out. Valid once the run has ended. */
  public long notReached() {
    return locked(schedule::waiting);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }
}
