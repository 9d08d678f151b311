package fetch.http.okhttp;

import java.util.ArrayDeque;
import java.util.Queue;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Route;
import okhttp3.internal.connection.RealCall;

/**
 * Bounds what OkHttp remembers of routes on which a request failed. It tries these after others of
 * the same host, and forgets them only when one is connected to again, which would make the list of
 * all bad hosts grow as long as the run. Safe for many threads.
 */
public final class FailedRoutes {
  private static final int MOST = 1000;

  private record Failed(OkHttpClient client, Route route) {}

  private final Queue<Failed> latest = new ArrayDeque<>();

  /** Notes that a call failed on a route. */
  public void add(Call call, Route route) {
    Failed forgotten;
    synchronized (latest) {
      latest.add(new Failed(((RealCall) call).getClient(), route));
      forgotten = latest.size() > MOST ? latest.remove() : null;
    }
    if (forgotten != null) {
      forgotten.client().getRouteDatabase$okhttp().connected(forgotten.route());
    }
  }
}
