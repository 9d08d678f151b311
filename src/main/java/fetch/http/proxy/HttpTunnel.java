package fetch.http.proxy;

import fetch.http.call.ConnectExhaustion;
import fetch.http.field.FieldBytes;
import fetch.http.settings.ProxyServer;
import fetch.http.url.Addresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;

/**
 * Makes an HTTP proxy connect, by CONNECT (RFC 9110, section 9.3.6), to servers other than those of
 * the URLs. OkHttp's own CONNECT uses the host of the URL. Safe for many threads.
 */
public final class HttpTunnel implements ConnectingProxy {
  private final ProxyServer server;
  private final ProxyAccess access;

  /**
   * @param access adds the header fields of requests
   */
  public HttpTunnel(ProxyServer server, ProxyAccess access) {
    this.server = server;
    this.access = access;
  }

  @Override
  public ProxyServer server() {
    return server;
  }

  @Override
  public IOException unreachable(IOException e, InetSocketAddress proxy) {
    return ConnectExhaustion.isBehind(e, proxy) ? e : new TunnelRefusal(0, "could not be reached");
  }

  @Override
  public void open(InputStream in, OutputStream out, InetSocketAddress target) throws IOException {
    String authority = host(target) + ":" + target.getPort();
    Headers headers = access.connect(authority);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(ascii("CONNECT " + authority + " HTTP/1.1\r\n"));
    for (int i = 0; i < headers.size(); i++) {
      request.writeBytes(ascii(headers.name(i) + ": "));
      request.writeBytes(FieldBytes.of(headers.value(i)));
      request.writeBytes(ascii("\r\n"));
    }
    request.writeBytes(ascii("\r\n"));
    out.write(request.toByteArray());
    out.flush();
    new TunnelReply(in).awaitOpen();
  }

  private static String host(InetSocketAddress target) {
    InetAddress address = target.getAddress();
    String host = address == null ? target.getHostString() : Addresses.text(address);
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
