package fetch.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.Clock;
import fetch.Eventually;
import fetch.engine.Settings;
import fetch.http.call.CurrentCall;
import fetch.http.dns.AttemptDns;
import fetch.http.dns.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketBudgetTest {
  private SocketBudget budget(int most, Runnable closeIdle) {
    DescriptorPool pool = new DescriptorPool(new Descriptors(most, most, 1));
    pool.add(closeIdle);
    Resolver nobody = new Resolver(host -> List.of(), 1, Clock.system());
    AttemptDns dns = new AttemptDns(nobody, Settings.DEFAULTS.network(), current);
    return new SocketBudget(
        pool,
        current,
        false,
        false,
        Dialer.direct(dns, Settings.DEFAULTS.network().routes(), null));
  }

  private final AtomicInteger requestsForRoom = new AtomicInteger();
  private final CurrentCall current = new CurrentCall();
  private final SocketBudget budget = budget(2, requestsForRoom::incrementAndGet);

  private static CompletableFuture<Socket> anotherOf(SocketBudget budget) {
    CompletableFuture<Socket> socket = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        socket.complete(budget.createSocket());
      } catch (IOException e) {
        socket.completeExceptionally(e);
      }
    });
    return socket;
  }

  /** Starts to wait for a socket, and is known to do so. */
  private CompletableFuture<Socket> waitForAnother() {
    int before = requestsForRoom.get();
    CompletableFuture<Socket> socket = anotherOf(budget);
    Eventually.holds("it asks for room", () -> requestsForRoom.get() > before);
    return socket;
  }

  @Test
  void makesSocketsAsLongAsThereIsRoomAndClosesNothing() throws IOException {
    assertThat(budget.createSocket()).isNotSameAs(budget.createSocket());
    assertThat(requestsForRoom).hasValue(0);
  }

  @Test
  void sendsSmallPiecesAtOnce() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = budget.createSocket()) {
      socket.connect(server.getLocalSocketAddress(), 5000);
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void makesOneMoreOnlyWhenAnotherIsClosed() throws Exception {
    Socket first = budget.createSocket();
    budget.createSocket();
    CompletableFuture<Socket> third = waitForAnother();
    assertThat(third).isNotDone();

    first.close();

    assertThat(third.get(20, TimeUnit.SECONDS).isClosed()).isFalse();
  }

  @Test
  void keepsAskingForRoomWhileThereIsNone() throws Exception {
    budget.createSocket();
    Socket second = budget.createSocket();
    CompletableFuture<Socket> third = waitForAnother();

    Eventually.holds("it asks again", () -> requestsForRoom.get() > 3);
    second.close();

    third.get(20, TimeUnit.SECONDS);
  }

  @Test
  void hasIdleConnectionsClosedBeforeItWaits() throws IOException {
    Queue<Socket> idle = new ArrayDeque<>();
    SocketBudget full = budget(1, () -> closeOne(idle));
    for (int i = 0; i < 100; i++) {
      idle.add(full.createSocket());
    }

    assertThat(idle).hasSize(1);
  }

  private static void closeOne(Queue<Socket> idle) {
    try {
      idle.remove().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void countsASocketThatIsClosedTwiceOnce() throws Exception {
    Socket first = budget.createSocket();
    Socket second = budget.createSocket();
    first.close();
    first.close();
    budget.createSocket();

    CompletableFuture<Socket> fourth = waitForAnother();

    assertThat(fourth).isNotDone();
    second.close();
    fourth.get(20, TimeUnit.SECONDS);
  }

  @Test
  void countsASocketThatManyCloseAtOnceOnce() throws Exception {
    Socket first = budget.createSocket();
    budget.createSocket();
    Thread[] closers = new Thread[8];
    for (int i = 0; i < closers.length; i++) {
      closers[i] =
          Thread.startVirtualThread(() -> {
            try {
              first.close();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    }
    for (Thread closer : closers) {
      closer.join();
    }
    budget.createSocket();

    CompletableFuture<Socket> fourth = waitForAnother();

    assertThat(fourth).isNotDone();
    fourth.cancel(true);
  }

  @Test
  void takesASocketBackWhoseConnectFailed() throws IOException {
    SocketAddress abandoned;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      abandoned = listener.getLocalSocketAddress();
    }
    for (int i = 0; i < 10; i++) {
      try (Socket socket = budget.createSocket()) {
        assertThatThrownBy(() -> socket.connect(abandoned)).isInstanceOf(IOException.class);
      }
    }
    assertThat(requestsForRoom).hasValue(0);
  }

  @Test
  void letsAnInterruptEndTheWait() throws Exception {
    budget.createSocket();
    Socket second = budget.createSocket();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    CompletableFuture<IOException> failure = new CompletableFuture<>();
    Thread waiter =
        Thread.startVirtualThread(() -> {
          try {
            budget.createSocket();
          } catch (IOException e) {
            stillInterrupted.complete(Thread.currentThread().isInterrupted());
            failure.complete(e);
          }
        });
    Eventually.holds("it asks for room", () -> requestsForRoom.get() > 0);

    waiter.interrupt();

    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(SocketException.class);
    assertThat(stillInterrupted.get()).isTrue();
    waiter.join();
    second.close();
    int before = requestsForRoom.get();
    budget.createSocket();
    assertThat(requestsForRoom).hasValue(before);
  }

  @Test
  void doesNotMakeSocketsThatConnectAtOnce() {
    InetAddress loopback = InetAddress.getLoopbackAddress();

    assertThatThrownBy(() -> budget.createSocket("127.0.0.1", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> budget.createSocket("127.0.0.1", 1, loopback, 0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> budget.createSocket(loopback, 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> budget.createSocket(loopback, 1, loopback, 0))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
