package fetch.http.proxy;

import fetch.http.settings.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** A proxy that opens connections to servers, on sockets that OkHttp takes to be the servers'. */
public sealed interface ConnectingProxy permits SocksProxy, HttpTunnel {
  /** Where it is. */
  ProxyServer server();

  /** The failure to connect to it, unless that is for a lack of resources on this machine. */
  IOException unreachable(IOException e, InetSocketAddress proxy);

  /**
   * Has it connect to a server; on return the streams are those of the server.
   *
   * @param target unresolved if the proxy is to look it up
   */
  void open(InputStream in, OutputStream out, InetSocketAddress target) throws IOException;
}
