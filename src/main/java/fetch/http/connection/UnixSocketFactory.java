package fetch.http.connection;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import fetch.http.wire.PacedStreams;
import fetch.http.wire.WireTap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Creates sockets that connect to one Unix-domain socket, whatever their target. */
final class UnixSocketFactory extends UnconnectedSockets {
  private final UnixDomainSocketAddress address;
  private final boolean taps;
  private final Dialer dialer;

  /**
   * @param taps whether the traffic of the sockets can be recorded
   * @param dialer paces the sockets
   */
  UnixSocketFactory(Path path, boolean taps, Dialer dialer) {
    this.address = UnixDomainSocketAddress.of(path);
    this.taps = taps;
    this.dialer = dialer;
  }

  @Override
  public Socket createSocket() throws IOException {
    return new UnixSocket(
        SocketChannel.open(StandardProtocolFamily.UNIX), address, taps, dialer.pace());
  }

  /** A socket over a channel, with the methods that OkHttp uses. The caller implements timeouts. */
  private static final class UnixSocket extends Socket {
    private final SocketChannel channel;
    private final UnixDomainSocketAddress address;
    private final @Nullable PacedStreams pace;
    private final InputStream in;
    private final @Nullable WireTap tap;

    UnixSocket(
        SocketChannel channel,
        UnixDomainSocketAddress address,
        boolean tapped,
        @Nullable PacedStreams pace) {
      this.channel = channel;
      this.address = address;
      this.pace = pace;
      InputStream own = Channels.newInputStream(channel);
      this.in = pace == null ? own : pace.over(own);
      this.tap = tapped ? new WireTap(in) : null;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      try {
        channel.connect(address);
      } catch (SocketException e) {
        throw new FailedTransfer(
            FailureKind.CONNECT, "no connection to " + address + ": " + e.getMessage());
      }
    }

    @Override
    public InputStream getInputStream() {
      return tap == null ? in : tap;
    }

    @Override
    public OutputStream getOutputStream() {
      OutputStream own = Channels.newOutputStream(channel);
      OutputStream out = pace == null ? own : pace.over(own);
      return tap == null ? out : tap.over(out);
    }

    @Override
    public void close() throws IOException {
      if (pace != null) {
        pace.close();
      }
      channel.close();
    }

    @Override
    public boolean isConnected() {
      return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
      return !channel.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
      return isClosed();
    }

    @Override
    public boolean isOutputShutdown() {
      return isClosed();
    }

    @Override
    public void shutdownInput() throws IOException {
      channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
      channel.shutdownOutput();
    }

    @Override
    public void setSoTimeout(int timeout) {
      // A channel has none.
    }

    @Override
    public int getSoTimeout() {
      return 0;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // Not TCP.
    }
  }
}
