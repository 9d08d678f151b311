package fetch.http.reception;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/** Reads unused bodies, up to a size and a time. */
public final class UnwantedBody {
  private static final int BLOCK_BYTES = 8 * 1024;
  private static final long MOST_BYTES = 64 * 1024;
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Why reading a body ended. */
  enum End {
    WHOLE,
    /** The limit of bytes was reached; there may be more. */
    LENGTH,
    TIME,
    FAILURE
  }

  private UnwantedBody() {}

  /**
   * Reads a short body to its end, so that its connection can be reused; closes the connection for
   * any other.
   */
  public static void skip(Response response, Runnable hangUp) {
    if (response.body().contentLength() > MOST_BYTES
        || read(response, MOST_BYTES, MOST_NANOS, hangUp) != End.WHOLE) {
      hangUp.run();
    }
  }

  /**
   * Reads up to this many bytes for this time.
   *
   * @param hangUp cancels the call when the time is up
   */
  static End read(Response response, long most, long nanos, Runnable hangUp) {
    UnreadBodyTimer time = new UnreadBodyTimer(hangUp);
    time.timeout(nanos, TimeUnit.NANOSECONDS);
    Buffer block = new Buffer();
    long left = most;
    long n = 0;
    time.enter();
    try {
      BufferedSource source = response.body().source();
      while (n >= 0 && left > 0) {
        n = source.read(block, BLOCK_BYTES);
        left -= n;
        block.clear();
      }
      return n < 0 ? End.WHOLE : End.LENGTH;
    } catch (IOException e) {
      return time.isUp() ? End.TIME : End.FAILURE;
    } finally {
      time.exit();
    }
  }
}
