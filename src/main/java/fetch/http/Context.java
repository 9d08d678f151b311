package fetch.http;

import fetch.Clock;
import fetch.Preconditions;
import fetch.body.BodySink;
import fetch.warc.Archive;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** What all transfers of a run share. */
record Context(
    Requests requests,
    Clients clients,
    CurrentCall current,
    Blocks blocks,
    RequestSettings settings,
    Limits limits,
    NetworkSettings network,
    Clock clock,
    @Nullable BodySink bodies,
    @Nullable Preconditions preconditions,
    @Nullable Archive archive) {

  /**
   * The client for a URL; it has the user's certificate where the server may have it.
   *
   * @param origin the URL of the entry
   * @param connections which connections may be used
   */
  OkHttpClient client(HttpUrl url, HttpUrl origin, ConnectionChoice connections)
      throws FailedTransfer {
    return clients.forUrl(url, requests.mayIdentify(url, origin), connections);
  }
}
