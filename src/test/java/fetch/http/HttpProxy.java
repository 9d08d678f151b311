package fetch.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** A proxy that answers plain requests itself and tunnels others to loopback, whatever the host. */
public final class HttpProxy implements AutoCloseable {
  private final String login;
  private final RawServer server;

  /**
   * @param login what Proxy-Authorization must be, null for nothing
   */
  public HttpProxy(String login) throws IOException {
    this.login = login;
    this.server = RawServer.start(this::serve);
  }

  private void serve(RawServer.Connection client) throws IOException {
    for (String head = client.readRequest(); head != null; head = client.readRequest()) {
      if (login != null && !head.contains("\r\nProxy-Authorization: " + login + "\r\n")) {
        client.send(
            "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
      } else if (head.startsWith("CONNECT ")) {
        String authority = head.substring("CONNECT ".length(), head.indexOf(" HTTP/"));
        client.send("HTTP/1.1 200 Connected\r\n\r\n");
        int port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        Tunnel.join(client.socket(), new Socket(InetAddress.getLoopbackAddress(), port));
        return;
      } else {
        client.send("HTTP/1.1 200 OK\r\nVia: proxy\r\nContent-Length: 5\r\n\r\nproxy");
      }
    }
  }

  public String address() {
    return "127.0.0.1:" + server.port();
  }

  public List<String> requests() {
    return server.requests();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
