package fetch.http.tls;

import fetch.http.boringssl.RecordBuffers;
import fetch.http.certificate.ServerTrust;
import fetch.http.http2.FrameWatch;
import fetch.http.wire.EncryptedSocket;
import fetch.http.wire.WireTap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * TLS over a connected socket, with any engine. Has what an HTTP client needs. Safe for one thread
 * that reads, one that writes, and any that close.
 *
 * <p>The JDK's sockets take twice the processor time for 2,000 connections. BoringSSL has none of
 * its own. Those of Conscrypt, which has BoringSSL too, took three file descriptors each.
 */
class TlsSocket extends SSLSocket implements EncryptedSocket {
  private static final String HTTP_2 = "h2";

  private final SSLEngine engine;
  private final Socket carrier;
  private final TlsRecords records;
  private final boolean tapped;
  private InputStream in = new Input();
  private OutputStream out = new Output();
  private boolean offersHttp2;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param trust judges the server's certificates
   * @param tapped whether its HTTP/1.x bytes can be recorded
   */
  TlsSocket(
      SSLEngine engine, Socket carrier, RecordBuffers buffers, ServerTrust trust, boolean tapped)
      throws IOException {
    this.tapped = tapped;
    this.engine = engine;
    this.carrier = carrier;
    this.records = new TlsRecords(engine, carrier, buffers, trust);
  }

  @Override
  public int undecrypted() throws IOException {
    return records.undecrypted();
  }

  @Override
  public boolean isEndConfirmed() {
    return records.isEndConfirmed();
  }

  @Override
  public void startHandshake() throws IOException {
    records.handshake();
    if (isHttp2()) {
      FrameWatch frames = new FrameWatch(in);
      in = frames;
      out = frames.over(out);
    } else if (tapped) {
      WireTap tap = new WireTap(in);
      in = tap;
      out = tap.over(out);
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    checkOpen();
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    checkOpen();
    return out;
  }

  private void checkOpen() throws SocketException {
    if (isClosed()) {
      throw new SocketException("Socket is closed");
    }
  }

  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    try (carrier) {
      records.close();
    }
  }

  @Override
  public void shutdownInput() throws IOException {
    carrier.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    records.closeOutput();
    carrier.shutdownOutput();
  }

  @Override
  public boolean isClosed() {
    return closed.get() || carrier.isClosed();
  }

  @Override
  public boolean isConnected() {
    return carrier.isConnected();
  }

  @Override
  public boolean isInputShutdown() {
    return carrier.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return carrier.isOutputShutdown();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    carrier.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return carrier.getSoTimeout();
  }

  @Override
  public InetAddress getInetAddress() {
    return carrier.getInetAddress();
  }

  @Override
  public int getPort() {
    return carrier.getPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return carrier.getRemoteSocketAddress();
  }

  @Override
  public String toString() {
    return "TLS over " + carrier;
  }

  @Override
  public SSLSession getSession() {
    return engine.getSession();
  }

  @Override
  public String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  /** Whether the server agreed on HTTP/2. */
  final boolean isHttp2() {
    return HTTP_2.equals(getApplicationProtocol());
  }

  /** Whether the handshake offers HTTP/2. */
  final boolean offersHttp2() {
    return offersHttp2;
  }

  /** Without the server names, which not every engine returns. */
  @Override
  public SSLParameters getSSLParameters() {
    return new SSLParameters(engine.getEnabledCipherSuites(), engine.getEnabledProtocols());
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    offersHttp2 = List.of(parameters.getApplicationProtocols()).contains(HTTP_2);
    engine.setSSLParameters(parameters);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public void setUseClientMode(boolean mode) {
    engine.setUseClientMode(mode);
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public void setEnableSessionCreation(boolean enabled) {
    engine.setEnableSessionCreation(enabled);
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Reads decrypted bytes. */
  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = records.read(bytes, offset, length);
      if (n < 0) {
        checkOpen(); // the server may have replied to our close_notify
      }
      return n;
    }

    @Override
    public int available() {
      return records.available();
    }

    @Override
    public void close() throws IOException {
      TlsSocket.this.close();
    }
  }

  /** Encrypts and sends bytes. */
  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      records.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      TlsSocket.this.close();
    }
  }
}
