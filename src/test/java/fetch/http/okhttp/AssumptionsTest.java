package fetch.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Eventually;
import fetch.http.RawServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.Route;
import okhttp3.internal.connection.ConnectionListener;
import okhttp3.internal.connection.RouteDatabase;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import okio.Buffer;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks what fetch assumes of OkHttp's internals, one assumption a test. */
@Timeout(60)
class AssumptionsTest {
  private static final String SEE = ": see package fetch.http.okhttp";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /** Does step by step what OkHttp does at the end of a chain. */
  private static Response exchange(Interceptor.Chain chain) throws IOException {
    HttpStream stream = HttpStream.of(chain);
    stream.write(chain.request());
    stream.finish(chain.request());
    Response head = stream.read().request(chain.request()).build();
    stream.headEnds(head);
    return head.newBuilder().body(stream.body(head)).build();
  }

  private static OkHttpClient client(Interceptor last) {
    return new OkHttpClient.Builder()
        .addInterceptor(new Shortcut(last, host -> host, host -> host))
        .build();
  }

  private static OkHttpClient watched(Interceptor watcher) {
    return client(AssumptionsTest::exchange).newBuilder().addNetworkInterceptor(watcher).build();
  }

  private static String get(OkHttpClient client, RawServer server) throws IOException {
    Request request = new Request.Builder().url(server.url("/")).build();
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }

  @Test
  void aCallGoesStraightToItsConnection() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      OkHttpClient client = client(AssumptionsTest::exchange);

      get(client, server);
      get(client, server);

      assertThat(server.connections())
          .as("OkHttp no longer keeps the connection of a call without its own interceptors" + SEE)
          .isEqualTo(1);
      assertThat(server.requests().getFirst())
          .as("OkHttp no longer lets a call pass its own interceptors, which add fields" + SEE)
          .doesNotContainIgnoringCase("user-agent");
    }
  }

  @Test
  void aCallFindsItsConnectionByTheAddressItIsGiven() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      List<Route> routes = new ArrayList<>();
      OkHttpClient client =
          watched(chain -> {
            routes.add(chain.connection().route());
            return chain.proceed(chain.request());
          });

      get(client, server);
      client.connectionPool().evictAll();
      get(client, server);

      assertThat(routes).hasSize(2);
      assertThat(routes.getLast().address())
          .as("OkHttp makes the address of each call itself" + SEE)
          .isSameAs(routes.getFirst().address());
    }
  }

  @Test
  void headerSectionsAreReadOneByOne() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (RawServer server = RawServer.answering("HTTP/1.1 103 Early Hints\r\n\r\n" + OK)) {
      get(
          client(chain -> {
            HttpStream stream = HttpStream.of(chain);
            stream.write(chain.request());
            stream.finish(chain.request());
            statuses.add(HttpStream.status(stream.read()));
            Response head = stream.read().request(chain.request()).build();
            statuses.add(head.code());
            return head.newBuilder().body(stream.body(head)).build();
          }),
          server);
    }
    assertThat(statuses)
        .as("OkHttp's Exchange no longer gives each interim response" + SEE)
        .containsExactly(103, 200);
  }

  @Test
  void aCodecReadsFromTheSourceOfItsConnection() throws IOException {
    List<Buffer> buffers = new ArrayList<>();
    List<String> ahead = new ArrayList<>();
    OkHttpClient client =
        watched(chain -> {
          Response response = chain.proceed(chain.request());
          BufferedSource source = Connections.source(chain, chain.connection());
          buffers.add(source.getBuffer());
          buffers.add(Connections.source(chain, chain.connection()).getBuffer());
          source.require(3);
          ahead.add(source.getBuffer().snapshot().utf8());
          return response;
        });
    try (RawServer server = RawServer.answering(OK + "X")) {
      get(client, server);
    }
    assertThat(buffers.getFirst())
        .as("OkHttp's codecs no longer share the source of their connection" + SEE)
        .isSameAs(buffers.getLast());
    assertThat(ahead)
        .as("a new codec no longer shows the bytes that follow a header section" + SEE)
        .containsExactly("okX");
  }

  @Test
  void aBodyReadPastOkHttpReleasesItsConnection() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      OkHttpClient client =
          client(chain -> {
            HttpStream stream = HttpStream.of(chain);
            stream.write(chain.request());
            stream.finish(chain.request());
            Response head = stream.read().request(chain.request()).build();
            Connections.source(chain, stream.connection()).skip(2);
            stream.bodyEnds(2, null);
            return head.newBuilder().body(ResponseBody.EMPTY).build();
          });

      get(client, server);
      get(client, server);

      assertThat(server.connections())
          .as("Exchange.bodyComplete no longer releases the connection" + SEE)
          .isEqualTo(1);
    }
  }

  @Test
  void aConnectionCanBeClosedToOtherCalls() throws IOException {
    try (RawServer server = RawServer.answering(OK)) {
      OkHttpClient client =
          watched(chain -> {
            Connections.closeToOthers(chain.connection());
            return chain.proceed(chain.request());
          });

      assertThat(get(client, server)).isEqualTo("ok");
      get(client, server);

      assertThat(server.connections())
          .as("RealConnection.noNewExchanges no longer keeps other calls off" + SEE)
          .isEqualTo(2);
    }
  }

  @Test
  void aConnectionKnowsSinceWhenItIsIdle() throws IOException {
    List<Long> idleSince = new ArrayList<>();
    try (RawServer server = RawServer.answering(OK)) {
      OkHttpClient client =
          watched(chain -> {
            idleSince.add(Connections.idleSince(chain.connection()));
            return chain.proceed(chain.request());
          });
      long start = System.nanoTime();
      get(client, server);
      long released = System.nanoTime();

      get(client, server);

      assertThat(idleSince.getLast() - start)
          .as("RealConnection.idleAtNs is no longer the time of the last release" + SEE)
          .isBetween(0L, released - start);
    }
  }

  /** Notes the connections that are closed. */
  private static final class Closings extends ConnectionListener {
    private final List<Connection> closed = new CopyOnWriteArrayList<>();

    @Override
    public void connectionClosed(Connection connection) {
      closed.add(connection);
    }
  }

  @Test
  void idleConnectionsAreClosedByTheRunnerOfThePool() throws Exception {
    Closings closings = new Closings();
    try (IdleSweep sweep = new IdleSweep();
        RawServer one = RawServer.answering(OK);
        RawServer other = RawServer.answering(OK)) {
      ConnectionPool pool = sweep.pool(1, closings);
      OkHttpClient client =
          client(AssumptionsTest::exchange).newBuilder().connectionPool(pool).build();

      get(client, one);
      get(client, other);

      Eventually.holds(
          "OkHttp's pools no longer look for idle connections by their TaskRunner" + SEE,
          () -> pool.connectionCount() == 1);
      Eventually.holds(
          "OkHttp no longer tells its ConnectionListener of closed connections" + SEE,
          () -> closings.closed.size() == 1);
      pool.evictAll();
    }
  }

  @Test
  void tasksRunOnVirtualThreads() throws Exception {
    CompletableFuture<Boolean> isVirtual = new CompletableFuture<>();

    ConnectionTasks.newRunner()
        .newQueue()
        .execute(
            "a task",
            0,
            true,
            () -> {
              isVirtual.complete(Thread.currentThread().isVirtual());
              return Unit.INSTANCE;
            });

    assertThat(isVirtual.get(20, TimeUnit.SECONDS))
        .as("OkHttp's TaskRunner no longer runs tasks on the threads of its backend" + SEE)
        .isTrue();
  }

  @Test
  void aFailedRouteIsForgottenWhenItIsConnectedTo() {
    OkHttpClient client = new OkHttpClient();
    Request request = new Request.Builder().url("https://a.example/").build();
    InetSocketAddress address = InetSocketAddress.createUnresolved("a.example", 443);
    Route route = new Route(client.address(request.url()), Proxy.NO_PROXY, address);
    RouteDatabase routes = client.getRouteDatabase$okhttp();

    routes.failed(route);
    assertThat(routes.shouldPostpone(route))
        .as("OkHttp's RouteDatabase no longer tries a route that failed after the others" + SEE)
        .isTrue();
    routes.connected(route);

    assertThat(routes.shouldPostpone(route))
        .as("OkHttp's RouteDatabase no longer forgets a route that is connected to" + SEE)
        .isFalse();
  }

  @Test
  void errorCodesOfResetsAreThoseOfTheStandard() {
    assertThat(StreamResets.codeOf(new StreamResetException(ErrorCode.REFUSED_STREAM)))
        .as("OkHttp no longer gives the error code of a stream that was reset" + SEE)
        .isEqualTo(StreamResets.REFUSED_STREAM);
    assertThat(ErrorCode.values())
        .as("OkHttp knows error codes above StreamResets.LAST_CODE" + SEE)
        .allMatch(code -> code.getHttpCode() <= StreamResets.LAST_CODE);
  }
}
