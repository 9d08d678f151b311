package fetch.http.call;

import org.jspecify.annotations.Nullable;

/**
 * Remembers for which call each thread is about to look up a name or make a socket. OkHttp does not
 * pass the call to a {@link okhttp3.Dns} or a {@link javax.net.SocketFactory}, but announces both
 * steps to the call's {@link CallEvents} on the same thread. Safe for many threads.
 */
public final class CurrentCall {
  @SuppressWarnings("ThreadLocalUsage") // one per run
  private final ThreadLocal<@Nullable CallEvents> events = new ThreadLocal<>();

  /** Sets the call that takes the next step on the calling thread. */
  public void set(CallEvents next) {
    events.set(next);
  }

  /** Returns the call that was set, and clears it; null if none was set. */
  public @Nullable CallEvents take() {
    CallEvents set = events.get();
    events.remove();
    return set;
  }
}
