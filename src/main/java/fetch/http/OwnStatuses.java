package fetch.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from acting on statuses that it would act on unasked: it sends a request again when
 * a 503 says to retry at once, and takes a 407 from a server that is no proxy for an error. The
 * true status is the one that {@link CallEvents} saw.
 */
final class OwnStatuses implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return switch (response.code()) {
      case HttpURLConnection.HTTP_PROXY_AUTH, HttpURLConnection.HTTP_UNAVAILABLE ->
          response.newBuilder().code(HttpURLConnection.HTTP_OK).build();
      default -> response;
    };
  }
}
