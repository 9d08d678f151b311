package fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsSettings;
import fetch.http.tls.Tls;
import fetch.http.tls.TlsSockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With each library alike, against the Java runtime's own sockets. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
class TlsSocketTest {
  @Parameter private TlsLibrary library;

  private static RawServer server(RawServer.Script script) throws IOException {
    return RawServer.start(connection -> {
      connection.startTls(Certificates.server("localhost").sslSocketFactory());
      script.run(connection);
    });
  }

  private static RawServer echo() throws IOException {
    return server(connection ->
        connection.socket().getInputStream().transferTo(connection.socket().getOutputStream()));
  }

  private TlsSockets sockets() throws GeneralSecurityException {
    Tls tls = new Tls(new TlsSettings(true, null, null, library, message -> {}));
    return tls.sockets(tls.trust(), false);
  }

  private SSLSocket connect(int port) throws IOException, GeneralSecurityException {
    return connect(sockets(), port);
  }

  private static SSLSocket connect(TlsSockets sockets, int port) throws IOException {
    Socket carrier = new Socket(InetAddress.getLoopbackAddress(), port);
    SSLSocket socket = (SSLSocket) sockets.createSocket(carrier, "localhost", port, true);
    socket.startHandshake();
    return socket;
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Buffers go from connection to connection, but what is in them does not. */
  @Test
  void everyConnectionReadsWhatIsItsOwn() throws Exception {
    TlsSockets sockets = sockets();
    try (RawServer server = echo();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int seed = i;
        answers.add(threads.submit(() -> echoed(sockets, server.port(), random(seed, 100_000))));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(answers.get(i).get()).isEqualTo(random(i, 100_000));
      }
    }
  }

  /** What comes back to one who writes on and on while somebody else reads. */
  private static byte[] echoed(TlsSockets sockets, int port, byte[] bytes) throws Exception {
    try (SSLSocket socket = connect(sockets, port)) {
      Thread writer =
          Thread.startVirtualThread(() -> {
            try {
              for (int at = 0; at < bytes.length; at += 7_000) {
                socket.getOutputStream().write(bytes, at, Math.min(7_000, bytes.length - at));
              }
            } catch (IOException e) {
              // The reader will see it.
            }
          });
      byte[] answer = socket.getInputStream().readNBytes(bytes.length);
      writer.join();
      return answer;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 511, 513, 16_384, 20_000})
  void recordsAreWholeHoweverTheyAreCut(int slice) throws Exception {
    byte[] bytes = random(slice, slice == 1 ? 3_000 : 60_000);
    try (RawServer server = echo();
        RawServer slicer = slicing(server.port(), slice);
        SSLSocket socket = connect(slicer.port())) {
      socket.getOutputStream().write(bytes);
      assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }
  }

  /** What the server sends goes on in slices of so many bytes. */
  private static RawServer slicing(int port, int slice) throws IOException {
    return RawServer.start(connection -> {
      try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
        InputStream requests = connection.socket().getInputStream();
        Thread.startVirtualThread(() -> {
          try {
            requests.transferTo(upstream.getOutputStream());
          } catch (IOException e) {
            // The client is done.
          }
        });
        OutputStream out = connection.socket().getOutputStream();
        byte[] bytes = new byte[slice];
        InputStream answers = upstream.getInputStream();
        for (int n = answers.read(bytes); n > 0; n = answers.read(bytes)) {
          out.write(bytes, 0, n);
        }
      }
    });
  }

  @Test
  void readsByteByByte() throws Exception {
    byte[] bytes = random(1, 1_000);
    try (RawServer server = server(connection -> connection.send(bytes));
        SSLSocket socket = connect(server.port())) {
      InputStream in = socket.getInputStream();
      for (byte expected : bytes) {
        assertThat((byte) in.read()).isEqualTo(expected);
      }
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void tellsWhatCanBeReadAtOnce() throws Exception {
    try (RawServer server = server(connection -> connection.send("hello"));
        SSLSocket socket = connect(server.port())) {
      InputStream in = socket.getInputStream();
      assertThat(in.available()).isZero();
      assertThat(in.read()).isEqualTo('h');
      assertThat(in.available()).isEqualTo(4);
    }
  }

  /** RFC 8446, section 4.6.3. */
  @Test
  void readsOnWhenTheServerChangesItsKeys() throws Exception {
    byte[] half = random(1, 50_000);
    try (RawServer server =
            server(connection -> {
              SSLSocket socket = (SSLSocket) connection.socket();
              connection.send(half);
              socket.startHandshake();
              connection.send(half);
              assertThat(socket.getInputStream().read()).isEqualTo('!');
              connection.send("ok");
            });
        SSLSocket socket = connect(server.port())) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(half.length)).isEqualTo(half);
      assertThat(in.readNBytes(half.length)).isEqualTo(half);
      socket.getOutputStream().write('!');
      assertThat(in.readAllBytes()).asString().isEqualTo("ok");
    }
  }

  /** What the end of the handshake is held back for may never come. */
  @Test
  void aServerThatSpeaksFirstIsAnswered() throws Exception {
    try (RawServer server = server(connection -> connection.send("hello"));
        SSLSocket socket = connect(server.port())) {
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("hello");
    }
  }

  @Test
  void theServerIsToldThatNothingFollows() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawServer server =
            server(connection -> {
              if (connection.socket().getInputStream().read() == 'x'
                  && connection.socket().getInputStream().read() == -1) {
                ended.countDown();
              }
            });
        SSLSocket socket = connect(server.port())) {
      socket.getOutputStream().write('x');
      socket.close();
      ended.await();
    }
  }

  @Test
  void whoReadsIsToldOfTheClose() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
            server(connection -> {
              connection.socket().getInputStream().read();
              asked.countDown();
              connection.awaitClose();
            });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SSLSocket socket = connect(server.port());
      Future<Throwable> end =
          threads.submit(() -> {
            socket.getOutputStream().write('x');
            try {
              return new AssertionError("read " + socket.getInputStream().read());
            } catch (IOException e) {
              return e;
            }
          });
      asked.await();
      socket.close();
      assertThat(end.get()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aClosedSocketIsOfNoUse() throws Exception {
    try (RawServer server = echo()) {
      SSLSocket socket = connect(server.port());
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      socket.close();
      socket.close();
      assertThat(socket.isClosed()).isTrue();
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> out.write('x')).isInstanceOf(SocketException.class);
      assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class);
    }
  }

  /** Connections whose thread writes while another closes, as when time is up. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void nothingOfAClosedConnectionStaysOpen() throws Exception {
    TlsSockets sockets = sockets();
    CountDownLatch never = new CountDownLatch(1);
    Semaphore writing = new Semaphore(0);
    try (RawServer server =
            server(connection -> {
              if (connection.socket().getInputStream().read() >= 0) {
                writing.release();
              }
              never.await();
            });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      connect(sockets, server.port()).close();
      byte[] large = new byte[20_000_000]; // the same for all: a collection would free what is left
      long before = descriptors();
      for (int i = 0; i < 20; i++) {
        SSLSocket socket = connect(sockets, server.port());
        Future<Throwable> writer =
            threads.submit(() -> {
              OutputStream out = socket.getOutputStream();
              try {
                out.write(large);
                return new AssertionError("written");
              } catch (IOException e) {
                return e;
              }
            });
        writing.acquire();
        socket.close();
        assertThat(writer.get()).isInstanceOf(IOException.class);
      }
      int ofServer = 20;
      assertThat(descriptors() - before).isLessThan(ofServer + 10);
      never.countDown();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void aConnectionTakesOneDescriptor() throws Exception {
    TlsSockets sockets = sockets();
    List<SSLSocket> open = new ArrayList<>();
    try (RawServer server = echo()) {
      connect(sockets, server.port()).close();
      long before = descriptors();
      for (int i = 0; i < 30; i++) {
        open.add(connect(sockets, server.port()));
      }
      int ofServer = 30;
      assertThat(descriptors() - before - ofServer).isLessThan(30 + 10);
    } finally {
      for (SSLSocket socket : open) {
        socket.close();
      }
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
