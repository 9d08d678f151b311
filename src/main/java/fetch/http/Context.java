package fetch.http;

import fetch.Clock;
import fetch.http.call.CurrentCall;
import fetch.http.call.FailedTransfer;
import fetch.http.connection.Clients;
import fetch.http.connection.ConnectionChoice;
import fetch.http.reception.Blocks;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** What all transfers of a run share. */
record Context(
    Requests requests,
    Clients clients,
    CurrentCall current,
    Blocks blocks,
    ExchangeSettings settings,
    Clock clock,
    Collaborators collaborators) {

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
