package fetch.http.okhttp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import okhttp3.Address;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.internal.connection.ExchangeFinder;
import okhttp3.internal.connection.FastFallbackExchangeFinder;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.connection.RealRoutePlanner;
import okhttp3.internal.connection.SequentialExchangeFinder;
import org.jspecify.annotations.Nullable;

/**
 * Caches the addresses of some origins: where and how to connect. OkHttp creates one for each
 * request, and encodes and checks the host name anew. Safe for many threads.
 */
final class KnownAddresses {
  /** A power of two. A run visits few origins at a time; others replace them. */
  private static final int MOST = 1024;

  private static final VarHandle FINDER = finder();

  private record Known(OkHttpClient client, Address address) {
    boolean isOf(OkHttpClient client, HttpUrl url) {
      HttpUrl root = address.url();
      return this.client.equals(client)
          && root.port() == url.port()
          && root.isHttps() == url.isHttps()
          && root.host().equals(url.host());
    }
  }

  private final AtomicReferenceArray<@Nullable Known> known = new AtomicReferenceArray<>(MOST);

  private static VarHandle finder() {
    try {
      return MethodHandles.privateLookupIn(RealCall.class, MethodHandles.lookup())
          .findVarHandle(RealCall.class, "exchangeFinder", ExchangeFinder.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("OkHttp has no RealCall.exchangeFinder any more", e);
    }
  }

  /** Lets a call find its connection by the cached address. */
  void plan(RealCall call, Request request) {
    OkHttpClient client = call.getClient();
    RealRoutePlanner planner =
        new RealRoutePlanner(
            client.getTaskRunner$okhttp(),
            client.connectionPool().getDelegate$okhttp(),
            client.readTimeoutMillis(),
            client.writeTimeoutMillis(),
            client.connectTimeoutMillis(),
            client.readTimeoutMillis(),
            client.pingIntervalMillis(),
            client.retryOnConnectionFailure(),
            client.fastFallback(),
            address(client, request.url()),
            client.getRouteDatabase$okhttp(),
            call,
            request);
    FINDER.set(
        call,
        client.fastFallback()
            ? new FastFallbackExchangeFinder(planner, client.getTaskRunner$okhttp())
            : new SequentialExchangeFinder(planner));
  }

  private Address address(OkHttpClient client, HttpUrl url) {
    int slot = (31 * url.host().hashCode() + url.port()) & (MOST - 1);
    Known last = known.get(slot);
    if (last != null && last.isOf(client, url)) {
      return last.address();
    }
    Address address = client.address(url);
    known.set(slot, new Known(client, address));
    return address;
  }
}
