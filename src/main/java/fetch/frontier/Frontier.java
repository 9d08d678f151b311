package fetch.frontier;

import fetch.Attempt;
import fetch.BadLine;
import fetch.Clock;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.frontier.ScheduleOutput.Question;
import fetch.output.ResultSink;
import fetch.robots.Rules;
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
 *   <li>It holds a window of entries, however long the list is: {@link #offer} blocks. It takes in
 *       more, up to a limit, while workers lack work because the hosts in the window may not be
 *       asked, or failed the last time.
 *   <li>Results leave as they come; nothing that waits for input keeps them back.
 *   <li>Nobody sleeps through a wait that is not his own: one idle worker at most watches the
 *       clock.
 * </ul>
 *
 * Which request is next says the {@link Schedule}; this is what makes it safe for many threads.
 */
public final class Frontier {
  /** Some 40 MB of entries, in the worst case of hosts that all have to be waited for. */
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
  private int idle;
  private boolean clockWatched;
  private long watchedMoment;
  private boolean roomWanted;

  /** Whether workers have nothing to do because of the hosts in the window. */
  private boolean starving;

  private boolean inputEnded;
  private boolean stopped;
  private volatile boolean beyondHorizon;

  /**
   * @param window how many entries may wait at once
   * @param horizon the position that no entry may reach yet, so that results in input order stay
   *     few; it is read again after every result
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
    ScheduleOutput news;
    lock.lock();
    try {
      while (!stopped && (isFull() || isBeyondHorizon(entry))) {
        roomWanted = isFull();
        room.awaitUninterruptibly();
      }
      if (stopped) {
        return false;
      }
      news = admit(entry);
    } finally {
      lock.unlock();
    }
    handOn(news);
    return true;
  }

  private ScheduleOutput admit(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> {
        long now = clock.nanoTime();
        schedule.add(request, now);
        wake(now);
        yield schedule.takeNews();
      }
      case BadLine line -> new ScheduleOutput(List.of(verdict.of(line)), List.of());
    };
  }

  /** Writes results, and finds out which entries robots.txt allows: neither may keep others. */
  private void handOn(ScheduleOutput news) {
    news.results().forEach(this::accept);
    for (Question question : news.questions()) {
      answer(question, question.refusal());
    }
  }

  private void answer(Question question, @Nullable String refusal) {
    ScheduleOutput news;
    lock.lock();
    try {
      long now = clock.nanoTime();
      schedule.answer(question, refusal, now);
      news = newsAt(now);
    } finally {
      lock.unlock();
    }
    handOn(news);
  }

  /** What has come of a step, once those are woken who have something to do now. */
  private ScheduleOutput newsAt(long now) {
    makeRoom();
    wake(now);
    return schedule.takeNews();
  }

  /** Once workers lack work, a whole window is taken in of entries whose turn may come. */
  private boolean isFull() {
    int held = schedule.waiting();
    starving =
        held >= window
            && held < MOST_HELD
            && (starving ? schedule.ready() < window : isWorkLacking());
    return held >= window && !starving;
  }

  /** Whether nothing is left for idle workers, or soon nothing but hosts that failed. */
  private boolean isWorkLacking() {
    int ready = schedule.ready();
    return (ready == 0 && idle > 0) || (ready <= window / 2 && schedule.isOneBehind());
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
    while (true) {
      Turn turn;
      boolean over;
      ScheduleOutput news;
      lock.lockInterruptibly();
      try {
        turn = awaitTurn();
        over = isOver();
        news = schedule.takeNews();
      } finally {
        lock.unlock();
      }
      handOn(news);
      if (turn != null || over) {
        return turn;
      }
    }
  }

  /** Waits for a turn, for the end, or for results to hand on. */
  private @Nullable Turn awaitTurn() throws InterruptedException {
    while (true) {
      long now = clock.nanoTime();
      Turn turn = stopped ? null : schedule.next(now);
      if (turn != null || schedule.hasNews() || isOver()) {
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

  /** Wakes those who rest, if there is something for them to do: a turn, the clock, or to end. */
  private void wake(long now) {
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
   * Takes back a turn with what came of it. Returns the turn to go on with, which a redirect that
   * may be followed at once leads to; else null.
   */
  public @Nullable Turn settle(Turn turn, Attempt attempt) {
    Rules rules = schedule.read(turn, attempt);
    Turn next;
    ScheduleOutput news;
    lock.lock();
    try {
      long now = clock.nanoTime();
      next = schedule.settle(turn, attempt, rules, now);
      news = newsAt(now);
    } finally {
      lock.unlock();
    }
    handOn(news);
    return next;
  }

  /** Takes back a turn in which fetch itself failed: its entry ends with {@code internal}. */
  public void settle(Turn turn, Throwable bug) {
    ScheduleOutput news;
    lock.lock();
    try {
      long now = clock.nanoTime();
      schedule.settle(turn, bug, now);
      news = newsAt(now);
    } finally {
      lock.unlock();
    }
    handOn(news);
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

  /**
   * Gives out no more turns; those given out are settled as usual. Entries that wait for another
   * attempt end with the reason.
   *
   * @param reason {@link FailureKind#INTERRUPTED} or {@link FailureKind#DEADLINE}
   */
  public void stop(FailureKind reason) {
    lock.lock();
    try {
      stopped = true;
      schedule.stop(reason);
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many entries were offered but never given out, once the run has ended. */
  public long notReached() {
    lock.lock();
    try {
      return schedule.waiting();
    } finally {
      lock.unlock();
    }
  }
}
