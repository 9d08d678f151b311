package fetch.results;

import fetch.Clock;

/** A clock that is set to the times in records, starting with the first. For one thread. */
final class RecordClock implements Clock {
  private long nanos;

  void turnTo(long time) {
    nanos = time;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return 0;
  }
}
