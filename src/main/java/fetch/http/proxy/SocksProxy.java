package fetch.http.proxy;

import fetch.http.call.ConnectExhaustion;
import fetch.http.settings.ProxyServer;
import fetch.http.settings.RequestSettings.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes a SOCKS5 proxy (RFC 1928) connect to servers. Java's own client takes passwords from an
 * authenticator for the whole JVM, and falls back to version 4. Safe for many threads.
 */
public final class SocksProxy implements ConnectingProxy {
  private static final int VERSION = 5;
  private static final int CONNECT = 1;
  private static final int NO_LOGIN = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int LOGIN_VERSION = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int PORT_BYTES = 2;
  private static final int MOST_TEXT_BYTES = 255;

  private final ProxyServer server;

  public SocksProxy(ProxyServer server) {
    this.server = server;
  }

  @Override
  public ProxyServer server() {
    return server;
  }

  @Override
  public IOException unreachable(IOException e, InetSocketAddress proxy) {
    return ConnectExhaustion.isBehind(e, proxy) ? e : new SocksRefusal(SocksFailure.NO_PROXY, e);
  }

  @Override
  public void open(InputStream in, OutputStream out, InetSocketAddress target) throws IOException {
    DataInputStream replies = new DataInputStream(in);
    try {
      greet(replies, out);
      out.write(request(target));
      out.flush();
      checkReply(replies);
    } catch (EOFException e) {
      throw new SocksRefusal(SocksFailure.NOT_SOCKS, e);
    }
  }

  private void greet(DataInputStream in, OutputStream out) throws IOException {
    Credentials login = server.credentials();
    out.write(
        login == null
            ? new byte[] {VERSION, 1, NO_LOGIN}
            : new byte[] {VERSION, 2, NO_LOGIN, USER_AND_PASSWORD});
    out.flush();
    check(in.readUnsignedByte() == VERSION, SocksFailure.NOT_SOCKS);
    int method = in.readUnsignedByte();
    if (method != NO_LOGIN) {
      check(method == USER_AND_PASSWORD, SocksFailure.LOGIN);
      logIn(login, in, out);
    }
  }

  /** Logs in with user and password (RFC 1929). */
  private static void logIn(@Nullable Credentials login, DataInputStream in, OutputStream out)
      throws IOException {
    if (login == null) {
      throw new SocksRefusal(SocksFailure.LOGIN, null);
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(LOGIN_VERSION);
    writeText(login.user(), message);
    writeText(login.password(), message);
    out.write(message.toByteArray());
    out.flush();
    in.readUnsignedByte();
    check(in.readUnsignedByte() == 0, SocksFailure.LOGIN);
  }

  private static byte[] request(InetSocketAddress target) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(VERSION);
    message.write(CONNECT);
    message.write(0);
    if (target.isUnresolved()) {
      message.write(NAME);
      writeText(target.getHostString(), message);
    } else {
      byte[] address = target.getAddress().getAddress();
      message.write(address.length == IPV4_BYTES ? IPV4 : IPV6);
      message.write(address);
    }
    message.write(target.getPort() >> 8);
    message.write(target.getPort());
    return message.toByteArray();
  }

  private static void writeText(String text, ByteArrayOutputStream message) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    check(bytes.length <= MOST_TEXT_BYTES, SocksFailure.UNSUPPORTED);
    message.write(bytes.length);
    message.write(bytes);
  }

  private static void checkReply(DataInputStream in) throws IOException {
    check(in.readUnsignedByte() == VERSION, SocksFailure.NOT_SOCKS);
    int reply = in.readUnsignedByte();
    check(reply == 0, SocksFailure.of(reply));
    in.readUnsignedByte();
    int kind = in.readUnsignedByte();
    int bytes =
        switch (kind) {
          case IPV4 -> IPV4_BYTES;
          case NAME -> in.readUnsignedByte();
          case IPV6 -> IPV6_BYTES;
          default -> throw new SocksRefusal(SocksFailure.NOT_SOCKS, null);
        };
    in.readFully(new byte[bytes + PORT_BYTES]);
  }

  private static void check(boolean good, SocksFailure otherwise) throws SocksRefusal {
    if (!good) {
      throw new SocksRefusal(otherwise, null);
    }
  }
}
