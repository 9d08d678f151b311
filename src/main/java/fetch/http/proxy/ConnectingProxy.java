package fetch.http.proxy;

import fetch.http.settings.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/**
 * A proxy that connects to servers, on sockets that OkHttp takes for connections to those servers.
 */
public sealed interface ConnectingProxy permits SocksProxy, HttpTunnel {
  /** The proxy's address and login. */
  ProxyServer server();

  /** The failure to connect to the proxy, unless this machine lacks resources. */
  IOException unreachable(IOException e, InetSocketAddress proxy);

  /**
   * Makes the proxy connect to a server; on return the streams lead to the server.
   *
   * @param target unresolved if the proxy must resolve it
   */
  void open(InputStream in, OutputStream out, InetSocketAddress target) throws IOException;
}
