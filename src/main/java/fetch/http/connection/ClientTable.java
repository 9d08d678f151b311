package fetch.http.connection;

import fetch.http.settings.ClientIdentity;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The clients that present one client certificate. Safe for many threads.
 *
 * @param identity null for none
 * @param clients by kind and host
 * @param secure the client from which those for https are derived, once there is one
 */
record ClientTable(
    @Nullable ClientIdentity identity,
    AtomicReferenceArray<@Nullable OkHttpClient> clients,
    AtomicReference<@Nullable OkHttpClient> secure) {
  ClientTable(@Nullable ClientIdentity identity, int size) {
    this(identity, new AtomicReferenceArray<>(size), new AtomicReference<>());
  }

  /** Closes the idle connections. */
  void closeIdle() {
    for (int slot = 0; slot < clients.length(); slot++) {
      OkHttpClient client = clients.get(slot);
      if (client != null) {
        client.connectionPool().evictAll();
      }
    }
  }
}
