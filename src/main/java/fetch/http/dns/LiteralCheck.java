package fetch.http.dns;

import fetch.http.call.CallEvents;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Refuses IPv6 addresses in URLs that the network's NAT64 translates to non-public IPv4 addresses.
 * Runs on the call's thread, as the first of them waits for a look-up.
 */
public final class LiteralCheck implements Interceptor {
  private final AttemptDns dns;

  public LiteralCheck(AttemptDns dns) {
    this.dns = dns;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    String host = chain.request().url().host();
    CallEvents events = CallEvents.of(chain.request());
    if (events != null && host.indexOf(':') >= 0) {
      events.beginLookup(chain.call());
      dns.refuseTranslated(host, events);
      events.endLookup();
    }
    return chain.proceed(chain.request());
  }
}
