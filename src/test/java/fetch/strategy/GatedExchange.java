package fetch.strategy;

import fetch.Attempt;
import fetch.Eventually;
import fetch.FailureKind;
import fetch.FetchRequest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps every attempt under way until it is let go or cancelled, and counts them. */
class GatedExchange extends EchoExchange {
  private static final int EVERYONE = 1_000_000;

  private final Semaphore gate = new Semaphore(0);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Override
  Attempt echo(FetchRequest request) {
    int now = underWay.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    gate.acquireUninterruptibly();
    underWay.decrementAndGet();
    return super.echo(request);
  }

  @Override
  public void cancelAll(FailureKind reason) {
    letGo(EVERYONE);
  }

  void letGo(int attempts) {
    gate.release(attempts);
  }

  void awaitUnderWay(int attempts) {
    Eventually.holds(attempts + " attempts under way", () -> underWay.get() == attempts);
  }

  /** The most attempts that ever were under way at once. */
  int most() {
    return most.get();
  }
}
