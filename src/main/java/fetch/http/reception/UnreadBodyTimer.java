package fetch.http.reception;

import okio.AsyncTimeout;

/** Limits the time for reading a body that only the archive needs. */
final class UnreadBodyTimer extends AsyncTimeout {
  private final Runnable hangUp;
  private volatile boolean up;

  /**
   * @param hangUp cancels the call, from another thread, when the time is up
   */
  UnreadBodyTimer(Runnable hangUp) {
    this.hangUp = hangUp;
  }

  boolean isUp() {
    return up;
  }

  @Override
  protected void timedOut() {
    up = true;
    hangUp.run();
  }
}
