package fetch.engine;

import fetch.BadLine;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.FetchResult;
import fetch.FetchResult.Duplicate;
import fetch.FetchResult.Failure;
import fetch.FetchResult.Scheduling;
import fetch.Representation;
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
  private static final int KIND_BITS = 6;
  private static final int STATUS_BITS = 10;
  private static final int POSITION_SHIFT = KIND_BITS + STATUS_BITS + 1;
  private static final long DONE = 1L << (KIND_BITS + STATUS_BITS);
  private static final List<FailureKind> KINDS = List.of(FailureKind.values());

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

  /** Whether an entry is a duplicate, whose result this hands on; false also once it is held. */
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
      if (outcome == OutcomeTable.ABSENT) {
        outcomes.put(key, request.urlnum() << POSITION_SHIFT);
        return false;
      }
      if ((outcome & DONE) == 0) {
        waiting.computeIfAbsent(outcome >>> POSITION_SHIFT, _ -> new ArrayList<>()).add(request);
        waitingEntries++;
        awaitRoom();
        return true;
      }
    }
    next.accept(result(request, outcome));
    return true;
  }

  /** Ignores interrupts: the first entries end in any case, or the run is held. */
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
      long outcome = first.urlnum() << POSITION_SHIFT | DONE | code(result);
      for (FetchRequest duplicate :
          settle(first.urlnum(), hash.of(first), outcome, result.stopped())) {
        next.accept(result(duplicate, outcome));
      }
    }
  }

  /** Returns the duplicates to end; none of a stopped entry, as they have not begun. */
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

  private static long code(FetchResult result) {
    Failure failure = result.failure();
    int kind = failure == null ? 0 : 1 + KINDS.indexOf(failure.kind());
    return (long) Math.clamp(result.status(), 0, (1 << STATUS_BITS) - 1) << KIND_BITS | kind;
  }

  private FetchResult result(FetchRequest duplicate, long outcome) {
    long first = outcome >>> POSITION_SHIFT;
    int status = (int) (outcome >>> KIND_BITS) & ((1 << STATUS_BITS) - 1);
    int kind = (int) outcome & ((1 << KIND_BITS) - 1);
    Failure failure = kind == 0 ? null : failure(KINDS.get(kind - 1), status, first);
    return new FetchResult(
        duplicate,
        duplicate.method(method),
        failure,
        null,
        new Scheduling(0, 0, 0, new Duplicate(first, status)),
        Representation.NONE,
        null);
  }

  private static Failure failure(FailureKind kind, int status, long first) {
    String reason =
        kind == FailureKind.HTTP_STATUS ? "the server returned " + status : kind.sentence();
    return new Failure(kind, reason + " (same request as urlnum " + first + ")");
  }

  /** Makes {@link #takes} block no more. */
  synchronized void hold() {
    held = true;
    notifyAll();
  }

  /** How many duplicates have no result, because the first has none. */
  synchronized int unsettled() {
    return waitingEntries;
  }

  /** Leaves the next sink open. */
  @Override
  public void close() {}
}
