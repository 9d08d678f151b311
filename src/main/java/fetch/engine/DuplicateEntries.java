package fetch.engine;

import fetch.BadLine;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Failure;
import fetch.input.RecordedOutcome;
import fetch.input.RequestHash;
import fetch.output.ResultSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds entries whose request came before, and gives them the outcome of the first: its status code
 * and the kind of its failure. A duplicate waits while the first is in flight. At most 4,096 wait;
 * then {@link #takes} blocks. Keeps about 20 bytes for each distinct request. Safe for many
 * threads.
 */
final class DuplicateEntries implements ResultSink {
  private static final int MOST_WAITING = 4096;

  private final RequestHash hash;
  private final String method;
  private final ResultSink next;
  private final OutcomeTable outcomes = new OutcomeTable();
  private final Map<Long, List<FetchRequest>> waiting = new HashMap<>();
  private int waitingEntries;
  private boolean held;

  /**
   * @param method of requests without one of their own
   * @param next takes the results of first entries and of duplicates
   */
  DuplicateEntries(String method, ResultSink next) {
    this.hash = new RequestHash(method);
    this.method = method;
    this.next = next;
  }

  /** Records a request that an earlier run has sent. */
  synchronized void know(FetchRequest request, RecordedOutcome outcome) {
    long key = hash.of(request);
    if (outcomes.get(key) == OutcomeTable.ABSENT) {
      outcomes.put(key, packed(outcome.urlnum(), outcome.code()));
    }
  }

  private static long packed(long urlnum, int code) {
    return urlnum << RecordedOutcome.CODE_BITS | code;
  }

  private static int code(long outcome) {
    return (int) outcome & RecordedOutcome.NO_CODE;
  }

  private static long urlnum(long outcome) {
    return outcome >>> RecordedOutcome.CODE_BITS;
  }

  /**
   * Takes over an entry if it is a duplicate; returns whether it did. Returns false also once the
   * run is held.
   */
  boolean takes(Entry entry) {
    return switch (entry) {
      case FetchRequest request -> takes(request);
      case BadLine _ -> false;
    };
  }

  private boolean takes(FetchRequest request) {
    long key = hash.of(request);
    long outcome;
    synchronized (this) {
      outcome = outcomes.get(key);
      if (outcome == OutcomeTable.ABSENT || urlnum(outcome) == request.urlnum()) {
        outcomes.put(key, packed(request.urlnum(), RecordedOutcome.NO_CODE));
        return false;
      }
      if (code(outcome) == RecordedOutcome.NO_CODE) {
        waiting.computeIfAbsent(urlnum(outcome), _ -> new ArrayList<>()).add(request);
        waitingEntries++;
        awaitRoom();
        return true;
      }
    }
    next.accept(result(request, outcome));
    return true;
  }

  /** Ignores interrupts: the wait ends when the first entries end or the run is held. */
  private void awaitRoom() {
    boolean interrupted = false;
    while (waitingEntries >= MOST_WAITING && !held) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void accept(FetchResult result) {
    next.accept(result);
    if (result.entry() instanceof FetchRequest first) {
      Failure failure = result.failure();
      FailureKind kind = failure == null ? null : failure.kind();
      long outcome = packed(first.urlnum(), RecordedOutcome.code(result.status(), kind));
      for (FetchRequest duplicate :
          settle(first.urlnum(), hash.of(first), outcome, result.stopped())) {
        next.accept(result(duplicate, outcome));
      }
    }
  }

  /** Returns the duplicates that end now. Those of a stopped entry count as not begun. */
  private synchronized List<FetchRequest> settle(
      long urlnum, long key, long outcome, boolean stopped) {
    outcomes.put(key, outcome);
    List<FetchRequest> duplicates = stopped ? null : waiting.remove(urlnum);
    if (duplicates == null) {
      return List.of();
    }
    waitingEntries -= duplicates.size();
    notifyAll();
    return duplicates;
  }

  private FetchResult result(FetchRequest duplicate, long packed) {
    return RecordedOutcome.of(urlnum(packed), code(packed)).ofDuplicate(duplicate, method);
  }

  /** Stops {@link #takes} from blocking. */
  synchronized void hold() {
    held = true;
    notifyAll();
  }

  /** How many duplicates have no result, because the first entry has none. */
  synchronized int unsettled() {
    return waitingEntries;
  }

  /** Leaves the next sink open. */
  @Override
  public void close() {}
}
