package fetch;

/** A clock that stands still until it is turned. Safe for many threads. */
public final class FakeClock implements Clock {
  private long nanos;
  private long epochMillis = 1_800_000_000_000L;

  public synchronized void advanceMillis(long millis) {
    nanos += millis * 1_000_000;
    epochMillis += millis;
  }

  public synchronized void advanceNanos(long more) {
    nanos += more;
    epochMillis = 1_800_000_000_000L + nanos / 1_000_000;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized long epochMillis() {
    return epochMillis;
  }
}
