package fetch.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A server that does to each connection what a script says, however wrong that is. */
public final class RawServer implements Closeable {
  /** What happens on one connection; when it returns or throws, the connection is closed. */
  public interface Script {
    void run(Connection connection) throws Exception;
  }

  /** So many connections may come at once. */
  private static final int BACKLOG = 1000;

  private final ServerSocket listener;
  private final Script script;
  private final Thread acceptor;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> bytes = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    this.acceptor = Thread.ofVirtual().start(this::accept);
  }

  public static RawServer start(Script script) throws IOException {
    return startAt(InetAddress.getLoopbackAddress(), 0, script);
  }

  public static RawServer startAt(InetAddress address, int port, Script script) throws IOException {
    ServerSocket listener = ServerSocketFactory.getDefault().createServerSocket();
    listener.bind(new InetSocketAddress(address, port), BACKLOG);
    return new RawServer(listener, script);
  }

  /** Answers every request on every connection with these bytes. */
  public static RawServer answering(String answer) throws IOException {
    return start(connection -> {
      while (connection.readRequest() != null) {
        connection.send(answer);
      }
    });
  }

  /** Answers one request with these bytes, then closes. */
  public static RawServer answeringOnce(String answer) throws IOException {
    return start(connection -> {
      connection.readRequest();
      connection.send(answer);
    });
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true); // what a script has sent shall be there
        sockets.add(socket);
        Connection connection = new Connection(socket, connections.incrementAndGet());
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Connection connection) {
    try (connection) {
      script.run(connection);
    } catch (Exception e) {
      // The client went away, as some tests want it to.
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** The header sections of all requests read so far, in order. */
  public List<String> requests() {
    return requests;
  }

  /** The same, each byte as one character. */
  public List<String> requestBytes() {
    return bytes;
  }

  /** How many connections have been accepted. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      acceptor.join(); // until then, the port takes one more connection
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while closing");
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One accepted connection. */
  public final class Connection implements AutoCloseable {
    private Socket socket;
    private final int number;

    private Connection(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** 1 for the first connection that the server accepted. */
    int number() {
      return number;
    }

    public Socket socket() {
      return socket;
    }

    /** Goes on in TLS. */
    public void startTls(SSLSocketFactory tls) throws IOException {
      startTls(tls, secure -> {});
    }

    /**
     * Goes on in TLS.
     *
     * @param manner changes how the server speaks it
     */
    public void startTls(SSLSocketFactory tls, Consumer<SSLSocket> manner) throws IOException {
      SSLSocket secure = (SSLSocket) tls.createSocket(socket, "client", socket.getPort(), true);
      secure.setUseClientMode(false);
      manner.accept(secure);
      secure.startHandshake();
      socket = secure;
    }

    /**
     * Goes on in TLS.
     *
     * @param read what was read of it already
     */
    void startTls(SSLSocketFactory tls, byte[] read, Consumer<SSLSocket> manner)
        throws IOException {
      SSLSocket secure = (SSLSocket) tls.createSocket(socket, new ByteArrayInputStream(read), true);
      manner.accept(secure);
      secure.startHandshake();
      socket = secure;
    }

    /** Reads up to the empty line; null at the end of the stream. */
    public String readRequest() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        head.write(b);
        String text = head.toString(StandardCharsets.UTF_8);
        if (text.endsWith("\r\n\r\n")) {
          bytes.add(head.toString(StandardCharsets.ISO_8859_1));
          requests.add(text);
          return text;
        }
      }
      return null;
    }

    /** Reads the body that the Content-Length of a header section announces. */
    public byte[] readBody(String head) throws IOException {
      int length = 0;
      for (String line : head.split("\r\n", -1)) {
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
        }
      }
      return socket.getInputStream().readNBytes(length);
    }

    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Reads until the client closes. */
    public void awaitClose() throws IOException {
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    /** Closes with a TCP reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
