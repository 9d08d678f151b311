package fetch.http;

import fetch.Clock;
import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.http.call.CurrentCall;
import fetch.http.call.FailedTransfer;
import fetch.http.connection.Clients;
import fetch.http.connection.ConnectionChoice;
import fetch.http.reception.BodyBuffers;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.HostRequest;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** What all transfers of a run share. */
record Context(
    Requests requests,
    Clients clients,
    CurrentCall current,
    BodyBuffers blocks,
    ExchangeSettings settings,
    Clock clock,
    Collaborators collaborators) {

  /** The same, but for the collaborators. */
  Context with(Collaborators others) {
    return new Context(requests, clients, current, blocks, settings, clock, others);
  }

  /**
   * The client for a request; it has the user's certificate where the server may have it.
   *
   * @param origin the URL of the entry
   * @param connections which connections may be used
   */
  OkHttpClient client(Request request, HttpUrl origin, ConnectionChoice connections)
      throws FailedTransfer {
    HttpUrl url = request.url();
    clients.http2().prepare(url, ResendPolicy.isRepeatable(request.method()));
    ClientIdentity ofHost = of(url.host()).identity();
    return ofHost == null
        ? clients.forUrl(url, requests.mayIdentify(url, origin), connections)
        : clients.forUrl(url, ofHost, connections);
  }

  /** How long the attempt may take, now that this request is its next. */
  Duration maxTime(FetchRequest request) {
    AttemptLimits limits = settings.limits();
    EntryOverrides own = request.own();
    Duration ofHost = of(request.requested().host()).maxTime();
    return limits.maxTime(ofHost, own == null ? null : own.timeout());
  }

  private HostRequest of(String host) {
    return settings.request().secrets().hosts().of(host);
  }
}
