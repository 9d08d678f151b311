package fetch.http.call;

import fetch.http.settings.SpeedLimit;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.AsyncTimeout;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Ends calls whose response is too slow. The time starts when the connection is ready: waiting for
 * the response counts; name look-up and connecting do not.
 */
public final class SpeedWatch implements Interceptor {
  private final SpeedLimit limit;

  public SpeedWatch(SpeedLimit limit) {
    this.limit = limit;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Watch watch = new Watch(chain.call(), chain.request());
    watch.start();
    try {
      Response response = chain.proceed(chain.request());
      ResponseBody body = response.body();
      Source counted = new Counted(body.source(), watch);
      return response
          .newBuilder()
          .body(ResponseBody.create(Okio.buffer(counted), body.contentType(), body.contentLength()))
          .build();
    } catch (IOException | RuntimeException e) {
      watch.stop();
      throw e;
    }
  }

  /** Checks one call at intervals. */
  private final class Watch extends AsyncTimeout {
    private final Call call;
    private final Request request;
    private final SpeedLimit.Gauge gauge = limit.gauge();
    private final AtomicLong received = new AtomicLong();
    private boolean over;

    Watch(Call call, Request request) {
      this.call = call;
      this.request = request;
    }

    void start() {
      timeout(limit.nanosBetweenLooks(), TimeUnit.NANOSECONDS);
      enter();
    }

    synchronized void stop() {
      over = true;
      exit();
    }

    @Override
    protected void timedOut() {
      CallEvents events = CallEvents.of(request);
      if (!goesOn() && events != null) {
        events.tooSlow();
        call.cancel();
      }
    }

    /**
     * Whether the speed is sufficient. If so, and unless the call has ended, schedules the next
     * check.
     */
    private synchronized boolean goesOn() {
      if (!over && gauge.isTooSlow(received.get())) {
        return false;
      }
      if (!over) {
        exit();
        enter();
      }
      return true;
    }
  }

  /** Counts the bytes received. */
  private static final class Counted extends ForwardingSource {
    private final Watch watch;

    Counted(Source body, Watch watch) {
      super(body);
      this.watch = watch;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long n = super.read(sink, byteCount);
      if (n < 0) {
        watch.stop();
      } else {
        watch.received.addAndGet(n);
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      watch.stop();
      super.close();
    }
  }
}
