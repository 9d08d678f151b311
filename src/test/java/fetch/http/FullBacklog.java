package fetch.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full, so that the next connect is never answered. */
public final class FullBacklog implements Closeable {
  private static final int MOST_TRIES = 50;
  private static final int LONG_ENOUGH_MILLIS = 200;

  private final ServerSocket listener;
  private final List<Socket> queue = new ArrayList<>();

  FullBacklog() throws IOException {
    this(InetAddress.getLoopbackAddress(), 0);
  }

  /**
   * @param address of loopback
   * @param port 0 for any
   */
  public FullBacklog(InetAddress address, int port) throws IOException {
    this.listener = new ServerSocket(port, 1, address);
    for (int i = 0; i < MOST_TRIES; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(listener.getLocalSocketAddress(), LONG_ENOUGH_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IOException("this system accepts any number of connections");
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : queue) {
      socket.close();
    }
  }
}
