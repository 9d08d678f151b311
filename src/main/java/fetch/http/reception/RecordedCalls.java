package fetch.http.reception;

import fetch.http.okhttp.Tag;
import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Starts the recordings of calls at their connections. Safe for many threads. */
public final class RecordedCalls implements Interceptor {
  private static final Tag<Recording> TAG = new Tag<>(Recording.class);

  /** The request, to be recorded. */
  public static Request with(Recording recording, Request request) {
    return TAG.attach(recording, request.newBuilder()).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Recording recording = TAG.of(chain.request());
    Connection connection = chain.connection();
    if (recording == null || connection == null) {
      return chain.proceed(chain.request());
    }
    recording.listenTo(connection, chain);
    return recording.withRecordedBody(
        chain.proceed(recording.withRecordedContent(chain.request())));
  }
}
