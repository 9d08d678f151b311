package fetch.strategy;

import fetch.Attempt;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Sample;
import fetch.http.Exchange;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Responds to every request at once, and records the requests and their threads. */
class EchoExchange implements Exchange {
  private final Queue<Long> attempted = new ConcurrentLinkedQueue<>();
  private final Set<Thread> callers = ConcurrentHashMap.newKeySet();

  @Override
  public Attempt execute(FetchRequest request) {
    callers.add(Thread.currentThread());
    return echo(request);
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    Thread.startVirtualThread(() -> completion.attempted(echo(request)));
  }

  Attempt echo(FetchRequest request) {
    attempted.add(request.urlnum());
    return Sample.responded(request, 200);
  }

  @Override
  public void cancelAll(FailureKind reason) {}

  @Override
  public void close() {}

  /** The positions of the requests attempted, as often as they were. */
  Queue<Long> attempted() {
    return attempted;
  }

  /** The threads on which attempts were made by the strategy itself. */
  Set<Thread> callers() {
    return callers;
  }
}
