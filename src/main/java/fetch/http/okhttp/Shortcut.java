package fetch.http.okhttp;

import java.io.IOException;
import java.net.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.ConnectInterceptor;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.http.RealInterceptorChain;

/**
 * Passes a request straight to its connection. Skips OkHttp's own interceptors: fetch itself adds
 * header fields, follows redirects, resends, keeps cookies and decodes bodies, and it caches
 * nothing. This saves a tenth of the processor time of a request.
 */
public final class Shortcut implements Interceptor {
  private final Interceptor last;
  private final UnaryOperator<String> alias;
  private final UnaryOperator<String> accepted;
  private final KnownAddresses addresses = new KnownAddresses();

  /**
   * @param last sends the request on the connection and reads the response
   * @param alias another name for a host that OkHttp refuses to look up; the host itself for others
   * @param accepted the spelling of a host that OkHttp accepts as an address, if it need not be
   *     looked up
   */
  public Shortcut(Interceptor last, UnaryOperator<String> alias, UnaryOperator<String> accepted) {
    this.last = last;
    this.alias = alias;
    this.accepted = accepted;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    RealCall call = (RealCall) chain.call();
    Request request = chain.request();
    String host = request.url().host();
    String other = alias.apply(host);
    if (other.equals(host)) {
      return proceed(call, request, request);
    }
    if (isProxied(call)) {
      return proceed(call, to(accepted.apply(host), request), request);
    }
    // Only look-ups and TLS see the alias: the request has its Host field already.
    Request aliased = to(other, request);
    return proceed(call, aliased, aliased).newBuilder().request(request).build();
  }

  private static boolean isProxied(RealCall call) {
    Proxy proxy = call.getClient().proxy();
    return proxy != null && proxy.type() != Proxy.Type.DIRECT;
  }

  private static Request to(String host, Request request) {
    HttpUrl.Builder url = request.url().newBuilder();
    url.setHost$okhttp(host);
    return request.newBuilder().url(url.build()).build();
  }

  /**
   * Sends a request.
   *
   * @param addressed the request with the host for which OkHttp finds or opens a connection
   */
  private Response proceed(RealCall call, Request addressed, Request request) throws IOException {
    RealInterceptorChain rest = rest(call, request);
    boolean responded = false;
    call.enterNetworkInterceptorExchange(addressed, false, rest);
    addresses.plan(call, addressed);
    try {
      if (call.isCanceled()) {
        throw new IOException("Canceled");
      }
      Response response = rest.proceed(request);
      responded = true;
      return response;
    } finally {
      call.exitNetworkInterceptorExchange$okhttp(!responded);
    }
  }

  private RealInterceptorChain rest(RealCall call, Request request) {
    OkHttpClient client = call.getClient();
    List<Interceptor> rest = new ArrayList<>();
    rest.add(ConnectInterceptor.INSTANCE);
    rest.addAll(client.networkInterceptors());
    rest.add(last);
    return new RealInterceptorChain(call, rest, 0, null, request, client);
  }
}
