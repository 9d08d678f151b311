package fetch.http;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS version 5 proxy (RFC 1928) that connects to loopback, whatever the host. */
public final class SocksProxy implements AutoCloseable {
  private static final int NO_LOGIN = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final byte[] CONNECTED = {5, 0, 0, IPV4, 127, 0, 0, 1, 0, 0};

  private final String login;
  private final RawServer server;
  private final List<String> hosts = new CopyOnWriteArrayList<>();

  /**
   * @param login {@code user:password} (RFC 1929), null for none
   */
  public SocksProxy(String login) throws IOException {
    this.login = login;
    this.server = RawServer.start(this::serve);
  }

  private void serve(RawServer.Connection client) throws IOException {
    DataInputStream in = new DataInputStream(client.socket().getInputStream());
    in.readByte();
    in.readNBytes(in.readUnsignedByte());
    client.send(new byte[] {5, (byte) (login == null ? NO_LOGIN : USER_AND_PASSWORD)});
    if (login != null && !isWelcome(client, in)) {
      return;
    }
    in.readNBytes(3);
    String host =
        switch (in.readUnsignedByte()) {
          case IPV4 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case NAME -> text(in);
          default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
        };
    hosts.add(host);
    Socket target = new Socket(InetAddress.getLoopbackAddress(), in.readUnsignedShort());
    client.send(CONNECTED);
    Tunnel.join(client.socket(), target);
  }

  private boolean isWelcome(RawServer.Connection client, DataInputStream in) throws IOException {
    in.readByte();
    boolean welcome = login.equals(text(in) + ":" + text(in));
    client.send(new byte[] {1, (byte) (welcome ? 0 : 1)});
    return welcome;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  public String address() {
    return "127.0.0.1:" + server.port();
  }

  /** How many clients have connected. */
  public int connections() {
    return server.connections();
  }

  /** The hosts that clients asked for. */
  List<String> hosts() {
    return hosts;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
