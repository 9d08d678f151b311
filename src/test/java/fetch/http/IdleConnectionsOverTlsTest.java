package fetch.http;

import static fetch.http.Exchanges.request;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.Outcome;
import fetch.http.settings.NetworkSettings.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many connections a server that many https hosts lead to has open at once. */
@DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
class IdleConnectionsOverTlsTest {
  private static final int HOSTS = 240;

  /** How many idle connections with TLS stay open when no host comes again. */
  private static final int LEAST = 128;

  private static final int WORKERS = 16;

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final SSLSocketFactory tls = Certificates.server("127.0.0.1").sslSocketFactory();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, HOSTS, InetAddress.ofLiteral("0.0.0.0"));
    Thread.ofPlatform().daemon().start(this::acceptAll);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true); // or each handshake waits 40 ms for an ACK
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try (socket;
        SSLSocket secure = (SSLSocket) tls.createSocket(socket, "client", 0, true)) {
      secure.setUseClientMode(false);
      InputStream in = secure.getInputStream();
      int end = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        end = b == '\n' ? end + 1 : b == '\r' ? end : 0;
        if (end == 2) {
          secure.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // The client has gone.
    } finally {
      open.decrementAndGet();
    }
  }

  private void fetch(OkHttpExchange exchange, int host) {
    String address = "127.7." + host / 250 + "." + (1 + host % 250);
    String url = "https://" + address + ":" + listener.getLocalPort() + "/";
    assertThat(exchange.execute(request(url)).outcome()).isEqualTo(new Outcome.Responded(200));
  }

  private static OkHttpExchange exchange(HttpVersion version) {
    return Exchanges.byDefault().insecure().version(version).workers(WORKERS).build();
  }

  @ParameterizedTest
  @EnumSource(names = {"ADAPTIVE", "NEGOTIATED"})
  void fewOfManyHostsThatDoNotComeAgain(HttpVersion version) {
    try (OkHttpExchange exchange = exchange(version)) {
      for (int host = 0; host < HOSTS; host++) {
        fetch(exchange, host);
      }
    }
    // The server learns a little later that a connection is closed.
    assertThat(mostOpen.get()).isBetween(LEAST, LEAST + WORKERS + 40);
    assertThat(accepted.get()).isEqualTo(HOSTS);
  }

  @Test
  void allOfThoseThatComeAgain() {
    try (OkHttpExchange exchange = exchange(HttpVersion.ADAPTIVE)) {
      for (int n = 0; n < 3 * HOSTS; n++) {
        fetch(exchange, n % HOSTS);
      }
      int learned = accepted.get();
      for (int n = 0; n < HOSTS; n++) {
        fetch(exchange, n % HOSTS);
      }
      assertThat(accepted.get()).isEqualTo(learned).isLessThan(2 * HOSTS + HOSTS / 2);
    }
  }
}
