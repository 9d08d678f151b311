package fetch.http.connection;

import fetch.http.call.CallEvents;
import fetch.http.call.RemoteName;
import fetch.http.dns.AttemptDns;
import fetch.http.proxy.SocksProxy;
import fetch.http.settings.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Says where sockets connect, and has a SOCKS proxy go on from there. Safe for many threads. */
final class Dialer {
  private final AttemptDns dns;
  private final @Nullable SocksProxy socks;

  private Dialer(AttemptDns dns, @Nullable SocksProxy socks) {
    this.dns = dns;
    this.socks = socks;
  }

  /** Connects to the servers themselves. */
  static Dialer direct(AttemptDns dns) {
    return new Dialer(dns, null);
  }

  /** Connects to a SOCKS proxy. */
  Dialer through(ProxyServer server) {
    return new Dialer(dns, new SocksProxy(server));
  }

  /** Where a socket that is to reach a server connects. May wait for a look-up. */
  InetSocketAddress firstHop(InetSocketAddress server, @Nullable CallEvents events)
      throws IOException {
    if (socks == null) {
      return server;
    }
    InetSocketAddress proxy = socks.server().address();
    return new InetSocketAddress(dns.ofProxy(proxy.getHostString(), events), proxy.getPort());
  }

  /** The failure to connect to the first hop. */
  IOException failure(IOException e, InetSocketAddress firstHop) {
    return socks == null ? e : SocksProxy.unreachable(e, firstHop);
  }

  /** Goes on from the first hop to the server. */
  void goOn(InputStream in, OutputStream out, InetSocketAddress server) throws IOException {
    if (socks != null) {
      socks.open(in, out, RemoteName.unveil(server));
    }
  }
}
