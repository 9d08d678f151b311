package fetch.http.call;

import org.jspecify.annotations.Nullable;

/**
 * Remembers for which call each thread is about to look up a name or make a socket. OkHttp does not
 * pass the call to a {@link okhttp3.Dns} or a {@link javax.net.SocketFactory}, but announces both
 * steps to the call's {@link CallEvents} on the same thread. Safe for many threads.
 */
public final class CurrentCall {
  @SuppressWarnings("ThreadLocalUsage") // there is one of these in a run
  private final ThreadLocal<@Nullable CallEvents> events = new ThreadLocal<>();

  /** Sets the call whose step comes next on the calling thread. */
  public void set(CallEvents next) {
    events.set(next);
  }

  /** Returns the call whose step this is, and forgets it; null when none was set. */
  public @Nullable CallEvents take() {
    CallEvents set = events.get();
    events.remove();
    return set;
  }
}
