package fetch.http.okhttp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.connection.ConnectInterceptor;
import okhttp3.internal.connection.RealCall;
import okhttp3.internal.http.RealInterceptorChain;

/**
 * Takes a request straight to its connection. It skips OkHttp's own interceptors: fetch itself adds
 * header fields, follows redirects, resends, keeps cookies and decodes bodies, and caches nothing.
 * This saves a tenth of the processor time of a request.
 */
public final class Shortcut implements Interceptor {
  private final Interceptor last;

  /**
   * @param last sends the request on the connection and reads the response
   */
  public Shortcut(Interceptor last) {
    this.last = last;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    RealCall call = (RealCall) chain.call();
    Request request = chain.request();
    RealInterceptorChain rest = rest(call, request);
    boolean answered = false;
    call.enterNetworkInterceptorExchange(request, true, rest);
    try {
      if (call.isCanceled()) {
        throw new IOException("Canceled");
      }
      Response response = rest.proceed(request);
      answered = true;
      return response;
    } finally {
      call.exitNetworkInterceptorExchange$okhttp(!answered);
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
