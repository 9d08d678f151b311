package fetch.http.okhttp;

import java.util.ArrayDeque;
import java.util.Queue;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Route;
import okhttp3.internal.connection.RealCall;

/**
 * Bounds OkHttp's memory of failed routes. OkHttp tries these after other routes of the same host,
 * and forgets them only when they work again. The list of all bad hosts would grow during the whole
 * run. Safe for many threads.
 */
public final class FailedRoutes {
  private static final int MOST = 1000;

  private record Failed(OkHttpClient client, Route route) {}

  private final Queue<Failed> latest = new ArrayDeque<>();

  /** Records that a call failed on a route. */
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
