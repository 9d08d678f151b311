package fetch.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Route;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.connection.RealConnection;
import org.junit.jupiter.api.Test;

/** On connections that are never made: their sockets tell only whether they are closed. */
class IdleConnectionsTest {
  private static final int BUSY = 1;
  private static final int LEAST = 8;
  private static final int MOST = 400;

  private final OkHttpClient client = new OkHttpClient();
  private final TaskRunner tasks = ConnectionTasks.newRunner();
  private final ConnectionPool pool = new ConnectionPool();
  private final IdleConnections idle = new IdleConnections(BUSY, LEAST, MOST);
  private final List<RealConnection> made = new ArrayList<>();
  private final Reference<RealCall> call =
      new WeakReference<>((RealCall) newCall("https://caller.example/"));
  private long clock;

  private Call newCall(String url) {
    return client.newCall(new Request.Builder().url(url).build());
  }

  /** A connection to a host of this number, in use. */
  private RealConnection open(int host) {
    RealCall first = (RealCall) newCall("https://h" + host + ".example/");
    Route route =
        new Route(
            first.getClient().address(first.getOriginalRequest().url()),
            Proxy.NO_PROXY,
            InetSocketAddress.createUnresolved("h" + host + ".example", 443));
    RealConnection connection =
        RealConnection.Companion.newTestConnection(
            tasks, pool.getDelegate$okhttp(), route, new Socket(), 0);
    connection.getCalls().add(call);
    made.add(connection);
    idle.add(connection);
    return connection;
  }

  private void release(RealConnection connection) {
    connection.getCalls().clear();
    connection.setIdleAtNs(++clock);
  }

  private RealConnection useOnce(int host) {
    RealConnection connection = open(host);
    release(connection);
    return connection;
  }

  private static boolean isOpen(RealConnection connection) {
    return !connection.socket().isClosed();
  }

  private long countOpen() {
    return made.stream().filter(IdleConnectionsTest::isOpen).count();
  }

  @Test
  void keepsFewOfManyThatAreUsedOnce() {
    IntStream.range(0, 1000).forEach(this::useOnce);

    assertThat(countOpen()).isEqualTo(LEAST + BUSY);
    assertThat(made.subList(1000 - LEAST - BUSY, 1000)).allMatch(IdleConnectionsTest::isOpen);
  }

  @Test
  void takesWhatItClosesFromItsPool() {
    IntStream.range(0, 100).forEach(this::useOnce);

    assertThat(made).filteredOn(c -> !isOpen(c)).allMatch(RealConnection::getNoNewExchanges);
    assertThat(made).filteredOn(c -> isOpen(c)).noneMatch(RealConnection::getNoNewExchanges);
  }

  @Test
  void keepsOneThatIsUsedAgainAndAgain() {
    RealConnection favourite = useOnce(0);
    for (int host = 1; host < 1000; host++) {
      useOnce(host);
      favourite.setIdleAtNs(++clock);
    }

    assertThat(isOpen(favourite)).isTrue();
    assertThat(countOpen()).isEqualTo(LEAST + BUSY);
  }

  @Test
  void closesNoneInUse() {
    RealConnection slow = open(0);
    IntStream.range(1, 100).forEach(this::useOnce);
    assertThat(isOpen(slow)).isTrue();

    release(slow);
    IntStream.range(100, 200).forEach(this::useOnce);
    assertThat(isOpen(slow)).isFalse();
  }

  @Test
  void endsThoughMoreAreInUseThanExpected() {
    IntStream.range(0, 100).forEach(this::open);

    assertThat(countOpen()).isEqualTo(100);
  }

  /** Takes an open connection to a host, or makes one, and returns how many it made. */
  private int visit(int[] hosts, RealConnection[] known) {
    int before = made.size();
    for (int host : hosts) {
      if (known[host] != null && isOpen(known[host])) {
        known[host].setIdleAtNs(++clock);
      } else {
        known[host] = useOnce(host);
      }
    }
    return made.size() - before;
  }

  private static int[] shuffled(int hosts, int times) {
    List<Integer> all = new ArrayList<>();
    IntStream.range(0, hosts * times).forEach(n -> all.add(n % hosts));
    Collections.shuffle(all, new Random(7));
    return all.stream().mapToInt(host -> host).toArray();
  }

  @Test
  void keepsAllOfHostsThatComeAgainInAnyOrder() {
    RealConnection[] known = new RealConnection[200];

    int learning = visit(shuffled(200, 5), known);
    assertThat(learning).isLessThan(300);
    assertThat(visit(shuffled(200, 5), known)).isZero();
  }

  @Test
  void keepsAllOfHostsThatComeAgainInTurn() {
    RealConnection[] known = new RealConnection[200];
    int[] inTurn = IntStream.range(0, 1000).map(n -> n % 200).toArray();

    visit(inTurn, known);
    assertThat(visit(inTurn, known)).isZero();
  }

  @Test
  void keepsFewAgainOnceNoneComesAgain() {
    visit(shuffled(200, 5), new RealConnection[200]);
    assertThat(countOpen()).isGreaterThan(190);
    IntStream.range(1000, 3000).forEach(this::useOnce);

    assertThat(countOpen()).isEqualTo(LEAST + BUSY);
  }

  @Test
  void neverKeepsMoreThanTheMost() {
    visit(shuffled(2000, 5), new RealConnection[2000]);

    assertThat(countOpen()).isBetween((long) LEAST, (long) MOST + BUSY);
  }

  @Test
  void countsNoneThatOthersClosed() throws IOException {
    List<RealConnection> first = IntStream.range(0, LEAST).mapToObj(this::useOnce).toList();
    for (RealConnection connection : first) {
      connection.socket().close();
      idle.connectionClosed(connection);
    }
    IntStream.range(100, 100 + LEAST + BUSY).forEach(this::useOnce);

    assertThat(countOpen()).isEqualTo(LEAST + BUSY);
  }

  @Test
  void countsAConnectionOnceThoughSeveralCallsMadeIt() {
    RealConnection shared = open(0);
    idle.add(shared);
    idle.connectionClosed(shared);
    IntStream.range(1, 1 + LEAST + BUSY).forEach(this::useOnce);

    assertThat(countOpen()).isEqualTo(LEAST + BUSY + 1L);
  }
}
