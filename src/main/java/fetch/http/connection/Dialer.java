package fetch.http.connection;

import fetch.http.call.CallEvents;
import fetch.http.call.ProxyResolvedName;
import fetch.http.dns.AttemptDns;
import fetch.http.proxy.ConnectingProxy;
import fetch.http.settings.ConnectTo;
import fetch.http.settings.LocalAddress;
import fetch.http.settings.Routes;
import fetch.http.url.Addresses;
import fetch.http.wire.Bandwidth;
import fetch.http.wire.PacedStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides where sockets connect to and from, and how fast, and lets a proxy continue. Safe for many
 * threads.
 */
public final class Dialer {
  private final AttemptDns dns;
  private final Routes routes;
  private final @Nullable Bandwidth bandwidth;
  private final @Nullable ConnectingProxy proxy;

  private Dialer(
      AttemptDns dns,
      Routes routes,
      @Nullable Bandwidth bandwidth,
      @Nullable ConnectingProxy proxy) {
    this.dns = dns;
    this.routes = routes;
    this.bandwidth = bandwidth;
    this.proxy = proxy;
  }

  /**
   * Connects directly to the servers.
   *
   * @param bandwidth the shared limit; null for none
   */
  public static Dialer direct(AttemptDns dns, Routes routes, @Nullable Bandwidth bandwidth) {
    return new Dialer(dns, routes, bandwidth, null);
  }

  /** Connects through a proxy. */
  Dialer through(ConnectingProxy other) {
    return new Dialer(dns, routes, bandwidth, other);
  }

  AttemptDns dns() {
    return dns;
  }

  /** The paced streams of a socket, null to use its own. */
  @Nullable PacedStreams pace() {
    return bandwidth == null ? null : new PacedStreams(bandwidth);
  }

  /**
   * The server that a socket must reach. May wait for a look-up if the URL has an address, for
   * which OkHttp makes none.
   *
   * @param server where OkHttp connects: an address of the right host, and the port of the URL
   */
  InetSocketAddress target(InetSocketAddress server, @Nullable CallEvents events)
      throws IOException {
    if (events == null || events.proxied() || routes.connectTo().isEmpty()) {
      return server;
    }
    ConnectTo rule = routes.ruleFor(events.host(), events.port());
    if (rule == null) {
      return server;
    }
    int port = rule.portFor(events.port());
    InetAddress address =
        Addresses.isLiteral(events.host())
            ? dns.ofTarget(rule, events.host(), events).getFirst()
            : server.getAddress();
    InetSocketAddress target = new InetSocketAddress(address, port);
    events.connectsTo(target);
    return target;
  }

  /** The address to connect to, for a socket that must reach a server. May wait for a look-up. */
  InetSocketAddress firstHop(InetSocketAddress target, @Nullable CallEvents events)
      throws IOException {
    if (proxy == null) {
      return target;
    }
    InetSocketAddress address = proxy.server().address();
    return new InetSocketAddress(dns.ofProxy(address.getHostString(), events), address.getPort());
  }

  /** The address to connect from, null for the one that the system chooses. */
  @Nullable InetSocketAddress source(InetSocketAddress firstHop) {
    LocalAddress local = routes.local();
    InetAddress source = local == null ? null : local.forPeer(firstHop.getAddress());
    return source == null ? null : new InetSocketAddress(source, 0);
  }

  /** The failure to connect to the first hop. */
  IOException failure(IOException e, InetSocketAddress firstHop) {
    return proxy == null ? e : proxy.unreachable(e, firstHop);
  }

  /** Continues from the first hop to the server. */
  void goOn(InputStream in, OutputStream out, InetSocketAddress server) throws IOException {
    if (proxy != null) {
      proxy.open(in, out, ProxyResolvedName.unveil(server));
    }
  }
}
