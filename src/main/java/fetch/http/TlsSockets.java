package fetch.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets over sockets, and remembers what each is over: only there can be seen that
 * bytes have come which TLS has not read yet. Safe for many threads.
 */
final class TlsSockets extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private final Map<Socket, Socket> carriers = Collections.synchronizedMap(new WeakHashMap<>());

  TlsSockets(SSLSocketFactory factory) {
    this.factory = factory;
  }

  /** How many bytes have come that TLS has not read. */
  int unread(Socket tls) throws IOException {
    Socket carrier = carriers.get(tls);
    return carrier == null ? 0 : carrier.getInputStream().available();
  }

  @Override
  public Socket createSocket(Socket carrier, String host, int port, boolean autoClose)
      throws IOException {
    Socket tls = factory.createSocket(carrier, host, port, autoClose);
    carriers.put(tls, carrier);
    return tls;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
