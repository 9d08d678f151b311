package fetch.http.proxy;

import fetch.FailureKind;
import fetch.http.call.CallEvents;
import fetch.http.call.FailedTransfer;
import fetch.http.call.Phase;
import fetch.http.settings.ProxyServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of one run's access to one proxy. Safe for many threads.
 *
 * <ul>
 *   <li>A refused login fails every later request at once: it is tried only once, so no account
 *       gets locked. The first request with a login goes alone until the proxy has accepted it, for
 *       a second at most.
 *   <li>All failures of the proxy name it. A refusal is {@link FailureKind#PROXY}, which is never
 *       retried; a failure that may pass is {@link FailureKind#CONNECT}.
 * </ul>
 */
public final class ProxyAccess implements Interceptor, Authenticator {
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK_MILLIS = 10;
  private static final String USER_AGENT = "User-Agent";

  /** A placeholder for a request whose URL is not sent. */
  private static final Request CONNECT = new Request.Builder().url("http://proxy.invalid/").build();

  private final ProxyServer server;
  private final ProxyLogin login;
  private final Semaphore trial = new Semaphore(1);
  private volatile boolean accepted;
  private volatile @Nullable String refusal;
  private volatile @Nullable String userAgent;

  /**
   * @param login the credentials and header fields for the proxy
   */
  public ProxyAccess(ProxyServer server, ProxyLogin login) {
    this.server = server;
    this.login = login;
    this.accepted = server.credentials() == null;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return intercept(chain, server.kind() == ProxyServer.Kind.HTTP);
  }

  /** An interceptor for requests that all go through a {@link ConnectingProxy}. */
  public Interceptor connecting() {
    return chain -> intercept(chain, false);
  }

  /**
   * @param forwards whether the response to a request for an http URL may be the proxy's own
   */
  private Response intercept(Chain chain, boolean forwards) throws IOException {
    Request request = chain.request();
    userAgent = request.header(USER_AGENT);
    boolean alone = !accepted && refusal == null && waitForTrial(chain.call());
    try {
      String refused = refusal;
      if (refused != null) {
        throw new FailedTransfer(FailureKind.PROXY, refused);
      }
      Response response = chain.proceed(request);
      boolean own = forwards && !request.isHttps();
      if (own && response.code() == HttpURLConnection.HTTP_PROXY_AUTH) {
        response.close();
        throw loginRefused();
      }
      accepted = true;
      return response;
    } catch (TunnelRefusal e) {
      throw explain(e);
    } catch (FailedTransfer e) {
      throw e;
    } catch (IOException e) {
      FailedTransfer known = explain(e, request);
      throw known == null ? e : known;
    } finally {
      if (alone) {
        trial.release();
      }
    }
  }

  /** Waits while another request tries the login; returns whether this request must try it. */
  private boolean waitForTrial(Call call) throws IOException {
    long start = System.nanoTime();
    try {
      while (!accepted
          && refusal == null
          && !call.isCanceled()
          && System.nanoTime() - start < LONGEST_WAIT_NANOS) {
        if (trial.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the proxy login was tried");
    }
  }

  private FailedTransfer loginRefused() {
    String refused =
        server.credentials() == null
            ? name() + " requires a user and password (407)"
            : name() + " refused the user and password";
    refusal = refused;
    return new FailedTransfer(FailureKind.PROXY, refused);
  }

  private FailedTransfer explain(TunnelRefusal e) {
    if (e.status() == HttpURLConnection.HTTP_PROXY_AUTH) {
      return loginRefused();
    }
    boolean passing =
        e.status() == 0 || e.status() >= 500 || e.status() == TIMEOUT || e.status() == TOO_MANY;
    return new FailedTransfer(
        passing ? FailureKind.CONNECT : FailureKind.PROXY, name() + " " + e.what());
  }

  private @Nullable FailedTransfer explain(IOException e, Request request) {
    CallEvents events = CallEvents.of(request);
    if (events != null && events.phase() == Phase.HANDSHAKE) {
      accepted = true;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocksRefusal refused) {
        return explain(refused.failure());
      }
    }
    return null;
  }

  private FailedTransfer explain(SocksFailure failure) {
    return switch (failure) {
      case LOGIN -> loginRefused();
      case FORBIDDEN, UNSUPPORTED ->
          new FailedTransfer(FailureKind.PROXY, name() + " " + failure.what());
      case UNREACHABLE, REFUSED, FAILED, NOT_SOCKS, NO_PROXY ->
          new FailedTransfer(FailureKind.CONNECT, name() + " " + failure.what());
    };
  }

  private String name() {
    return "the proxy " + server.hostAndPort();
  }

  /** The header fields of a CONNECT request for a host and port. */
  Headers connect(String authority) {
    Request.Builder connect =
        CONNECT.newBuilder().header("Host", authority).header("Proxy-Connection", "Keep-Alive");
    String agent = userAgent;
    if (agent != null) {
      connect.header(USER_AGENT, agent);
    }
    return login.withHeaders(connect.build()).headers();
  }

  /**
   * The CONNECT request. Called before it is sent, as {@link TunnelReply} handles the proxy's
   * response.
   */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    Request.Builder connect = response.request().newBuilder();
    String agent = userAgent;
    if (agent == null) {
      connect.removeHeader(USER_AGENT);
    } else {
      connect.header(USER_AGENT, agent);
    }
    return login.withHeaders(connect.build());
  }
}
