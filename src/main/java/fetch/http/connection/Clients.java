package fetch.http.connection;

import fetch.FailureKind;
import fetch.http.call.CallEvents;
import fetch.http.call.CurrentCall;
import fetch.http.call.FailedTransfer;
import fetch.http.certificate.HostNames;
import fetch.http.certificate.ServerTrust;
import fetch.http.dns.LiteralCheck;
import fetch.http.okhttp.ConnectionTasks;
import fetch.http.okhttp.FailedRoutes;
import fetch.http.okhttp.IdleConnections;
import fetch.http.okhttp.IdleSweep;
import fetch.http.okhttp.Shortcut;
import fetch.http.proxy.HttpTunnel;
import fetch.http.proxy.ProxyAccess;
import fetch.http.proxy.ProxyLogin;
import fetch.http.proxy.SocksProxy;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.ProxyServer;
import fetch.http.settings.TlsSettings;
import fetch.http.tls.Tls;
import fetch.http.url.Addresses;
import fetch.http.url.HostSpelling;
import fetch.http.wire.Http1Rules;
import fetch.http.wire.ServerCall;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The OkHttp clients of a run, each created at its first use. Safe for many threads.
 *
 * <p>Hosts are spread over several clients, because a client's connection pool is one list that
 * every request walks. Cleartext has separate clients, which never set up TLS. An address literal
 * needs no race between addresses, which would put every connect on a separate thread.
 */
public final class Clients implements AutoCloseable {
  /**
   * The number of clients of each kind; a power of two. A pool is a list that each request walks:
   * 20,000 URLs on 2,000 hosts take 1.59 s instead of 1.71 s with 64 clients.
   */
  private static final int SHARDS = 256;

  /**
   * Kinds of client are sums of these: TLS, names, HTTP/1.1, through an HTTP proxy, through a
   * connecting proxy.
   */
  private static final int TLS = 1;

  private static final int NAMED = 2;
  private static final int HTTP_1_1 = 4;
  private static final int PROXIED = 8;
  private static final int CONNECTED = 16;
  private static final int KINDS = 32;

  /** Idle connections take 3 KB each without TLS, and 60 KB with it. */
  private static final int LEAST_IDLE = 2048;

  private static final int MOST_IDLE = 16_384;
  private static final int LEAST_IDLE_TLS = 128;
  private static final int MOST_IDLE_TLS = 4096;

  private final NetworkSettings network;
  private final boolean recorded;
  private final TlsSettings tls;
  private final SocketBudget sockets;
  private final DescriptorPool descriptors;
  private final Runnable closeIdle = this::closeIdle;
  private final ExecutorService threads;
  private final IdleSweep idleSweep = new IdleSweep();
  private final IdleConnections idle;
  private final IdleConnections idleWithTls;
  private final Http2Offers http2;
  private final FailedRoutes failedRoutes = new FailedRoutes();
  private final Map<ProxyServer, ProxyAccess> proxies = new ConcurrentHashMap<>();
  private final OkHttpClient common;
  private final ClientTable anonymous = new ClientTable(null, KINDS * SHARDS);
  private final Map<ClientIdentity, ClientTable> identified = new ConcurrentHashMap<>();

  /**
   * @param dialer where connections lead
   * @param workers how many exchanges run at once
   * @param watchers see each request and response on its connection, the first one first
   * @param descriptors of the sockets
   * @param recorded whether the traffic of connections can be recorded
   */
  public Clients(
      NetworkSettings network,
      Dialer dialer,
      CurrentCall current,
      List<Interceptor> watchers,
      int workers,
      DescriptorPool descriptors,
      boolean recorded) {
    int most = descriptors.descriptors().sockets();
    this.network = network;
    this.recorded = recorded;
    this.tls = network.tls();
    this.sockets =
        new SocketBudget(
            descriptors,
            current,
            network.httpVersion() == HttpVersion.HTTP_2_PRIOR_KNOWLEDGE,
            recorded,
            dialer);
    int room = most / 2;
    this.idle = new IdleConnections(workers, Math.min(room, LEAST_IDLE), Math.min(room, MOST_IDLE));
    this.idleWithTls =
        new IdleConnections(workers, Math.min(room, LEAST_IDLE_TLS), Math.min(room, MOST_IDLE_TLS));
    this.http2 = new Http2Offers(network.httpVersion());
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("exchange-", 1).factory());
    this.common = common(watchers, dialer);
    this.descriptors = descriptors;
    descriptors.add(closeIdle);
  }

  /**
   * The client for a URL.
   *
   * @param mayIdentify whether the server may have the user's certificate, if there is one
   * @param connections which of its connections may be used
   */
  public OkHttpClient forUrl(HttpUrl url, boolean mayIdentify, ConnectionChoice connections)
      throws FailedTransfer {
    return forUrl(url, mayIdentify ? tls.identity() : null, connections);
  }

  /**
   * The client for a URL.
   *
   * @param identity the certificate that the server may have, null for none
   * @param connections which of its connections may be used
   */
  public OkHttpClient forUrl(
      HttpUrl url, @Nullable ClientIdentity identity, ConnectionChoice connections)
      throws FailedTransfer {
    return switch (connections) {
      case ANY -> forUrl(url, identity, usualVersion(url));
      case HTTP_1_1 -> forUrl(url, identity, HTTP_1_1);
      case OFFERED_HTTP_2 -> forUrl(url, identity, 0);
      case OWN ->
          forUrl(url, identity, usualVersion(url))
              .newBuilder()
              .connectionPool(idleSweep.pool(0, url.isHttps() ? idleWithTls : idle))
              .build();
    };
  }

  /** The part of a client's kind that says whether it offers HTTP/2. */
  private int usualVersion(HttpUrl url) {
    return url.isHttps() && !http2.includes(url) ? HTTP_1_1 : 0;
  }

  private OkHttpClient forUrl(HttpUrl url, @Nullable ClientIdentity identity, int version)
      throws FailedTransfer {
    ClientTable table = url.isHttps() && identity != null ? table(identity) : anonymous;
    int kind = url.isHttps() ? TLS : 0;
    kind |= Addresses.isLiteral(url.host()) ? 0 : NAMED;
    kind |= version;
    kind |= proxyKind(url);
    int slot = kind * SHARDS + (url.host().hashCode() & (SHARDS - 1));
    OkHttpClient client = table.clients().get(slot);
    return client != null ? client : create(kind, slot, table, proxyFor(url));
  }

  /**
   * The kind for a proxy: an HTTP proxy forwards requests, or opens tunnels to the hosts of URLs,
   * as OkHttp requests.
   */
  private int proxyKind(HttpUrl url) {
    ProxyServer proxy = proxyFor(url);
    if (proxy == null) {
      return 0;
    }
    boolean elsewhere = network.routes().ruleFor(url.host(), url.port()) != null;
    return proxy.isSocks() || elsewhere ? PROXIED | CONNECTED : PROXIED;
  }

  private ClientTable table(ClientIdentity identity) {
    return identified.computeIfAbsent(identity, key -> new ClientTable(key, KINDS * SHARDS));
  }

  /** Decides which hosts are offered HTTP/2; must be notified of all requests. */
  public Http2Offers http2() {
    return http2;
  }

  /** Called when a call in flight made a connection. */
  public void opened(Connection connection) {
    (connection.handshake() == null ? idle : idleWithTls).add(connection);
  }

  /** The server that a connection leads to; unresolved if a proxy knows its address. */
  public InetSocketAddress peer(Connection connection) {
    return connection.socket().getRemoteSocketAddress() instanceof InetSocketAddress server
        ? server
        : connection.route().socketAddress(); // the socket is not a TCP socket
  }

  public FailedRoutes failedRoutes() {
    return failedRoutes;
  }

  private @Nullable ProxyServer proxyFor(HttpUrl url) {
    return network.unixSocket() == null
        ? network.proxies().serverFor(url.isHttps(), url.host(), url.port())
        : null;
  }

  private synchronized OkHttpClient create(
      int kind, int slot, ClientTable table, @Nullable ProxyServer proxy) throws FailedTransfer {
    OkHttpClient known = table.clients().get(slot);
    if (known != null) {
      return known;
    }
    OkHttpClient base = (kind & TLS) == 0 ? common : secure(table);
    OkHttpClient.Builder builder =
        base.newBuilder()
            .fastFallback((kind & NAMED) != 0)
            .connectionPool(pool(kind))
            .dispatcher(dispatcher());
    if ((kind & TLS) != 0) {
      builder.protocols(protocols((kind & HTTP_1_1) == 0));
    }
    goThrough(proxy, (kind & CONNECTED) != 0, builder);
    OkHttpClient client = builder.build();
    table.clients().set(slot, client);
    return client;
  }

  private OkHttpClient common(List<Interceptor> watchers, Dialer dialer) {
    OkHttpClient.Builder builder =
        ConnectionTasks.runIn(new OkHttpClient.Builder())
            .dns(dialer.dns())
            .eventListenerFactory(call -> eventsOf(call.request()))
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .protocols(cleartextProtocols())
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(0, TimeUnit.SECONDS)
            .readTimeout(0, TimeUnit.SECONDS)
            .writeTimeout(0, TimeUnit.SECONDS);
    if (network.denyPrivate()) {
      builder.addInterceptor(new LiteralCheck(dialer.dns()));
    }
    builder.addInterceptor(
        new Shortcut(new ServerCall(), HostSpelling::alias, HostSpelling::accepted));
    watchers.forEach(builder::addNetworkInterceptor);
    return builder
        .addNetworkInterceptor(new Http1Rules(network.unixSocket() == null))
        .socketFactory(
            network.unixSocket() == null
                ? sockets
                : new UnixSocketFactory(network.unixSocket(), recorded, dialer))
        .build();
  }

  private static EventListener eventsOf(Request request) {
    CallEvents events = CallEvents.of(request);
    return events == null ? EventListener.NONE : events;
  }

  private List<Protocol> cleartextProtocols() {
    return network.httpVersion() == HttpVersion.HTTP_2_PRIOR_KNOWLEDGE
        ? List.of(Protocol.H2_PRIOR_KNOWLEDGE)
        : List.of(Protocol.HTTP_1_1);
  }

  private static List<Protocol> protocols(boolean http2) {
    return http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1);
  }

  private void goThrough(
      @Nullable ProxyServer server, boolean connects, OkHttpClient.Builder builder) {
    builder.proxy(Proxy.NO_PROXY);
    if (server == null) {
      return;
    }
    ProxyLogin login = new ProxyLogin(server, network.proxies().headers());
    ProxyAccess access = proxies.computeIfAbsent(server, it -> new ProxyAccess(it, login));
    if (connects) {
      builder.interceptors().addFirst(access.connecting());
      builder.socketFactory(
          sockets.through(
              server.isSocks() ? new SocksProxy(server) : new HttpTunnel(server, access)));
      return;
    }
    builder.interceptors().addFirst(access);
    builder.proxy(new Proxy(Proxy.Type.HTTP, server.address()));
    builder.proxyAuthenticator(access);
    builder.addNetworkInterceptor(login);
  }

  private OkHttpClient secure(ClientTable table) throws FailedTransfer {
    OkHttpClient known = table.secure().get();
    if (known == null) {
      try {
        known = secureClient(tls.withIdentity(table.identity()));
      } catch (GeneralSecurityException e) {
        throw setupFailure(e);
      }
      table.secure().set(known);
    }
    return known;
  }

  /**
   * The record gets fetch's own sentence. The cause, with {@code -v}, helps to repair the runtime.
   */
  private static FailedTransfer setupFailure(GeneralSecurityException cause) {
    FailedTransfer failure =
        new FailedTransfer(FailureKind.TLS_HANDSHAKE, "the Java runtime cannot set up TLS");
    failure.initCause(cause);
    return failure;
  }

  private OkHttpClient secureClient(TlsSettings wanted) throws GeneralSecurityException {
    Tls tls = new Tls(wanted);
    ServerTrust trust = tls.trust();
    return common
        .newBuilder()
        .connectionSpecs(
            List.of(
                new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                    .allEnabledTlsVersions()
                    .allEnabledCipherSuites()
                    .build()))
        .sslSocketFactory(tls.sockets(trust, recorded), trust)
        .hostnameVerifier(
            wanted.insecure() ? (host, session) -> true : new HostNames(common.hostnameVerifier()))
        .build();
  }

  private ConnectionPool pool(int kind) {
    return idleSweep.pool(Integer.MAX_VALUE, (kind & TLS) == 0 ? idle : idleWithTls);
  }

  /** A dispatcher that never queues: the strategy limits the number of calls. */
  private Dispatcher dispatcher() {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  /** Closes the idle connections. */
  public void closeIdle() {
    anonymous.closeIdle();
    identified.values().forEach(ClientTable::closeIdle);
  }

  @Override
  public void close() {
    threads.close();
    descriptors.remove(closeIdle);
    closeIdle();
    idleSweep.close();
  }
}
