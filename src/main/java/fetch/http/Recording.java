package fetch.http;

import fetch.FailureKind;
import fetch.warc.Archive;
import fetch.warc.Capture;
import fetch.warc.Circumstances;
import fetch.warc.Truncation;
import fetch.warc.UnwrittenArchive;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.internal.connection.RealConnection;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * What one call sends and receives, for the archive: the bytes on the wire where they can be
 * tapped, and what HTTP/1.1 would have made of it otherwise, as of HTTP/2. For one thread at a
 * time.
 */
final class Recording implements WireTap.Listener, AutoCloseable {
  private static final String HTTP_2 = "h2";
  private static final int BLOCK_BYTES = 8 * 1024;

  private final Capture capture;
  private final long startEpochMillis;
  private final long most;
  private @Nullable WireTap tap;
  private @Nullable BufferedSource wire;
  private @Nullable String server;
  private @Nullable String protocol;
  private boolean ended;

  /** Makes ready for a call; null when nobody wants it archived. */
  static @Nullable Recording begin(Context context) {
    Archive archive = context.archive();
    return archive == null
        ? null
        : new Recording(archive, context.clock().epochMillis(), context.limits().maxFilesize());
  }

  /**
   * @param most how many bytes of a body to read that nobody else wants
   */
  private Recording(Archive archive, long startEpochMillis, long most) {
    this.most = most;
    this.capture = archive.begin();
    this.startEpochMillis = startEpochMillis;
  }

  /** Has each call recorded that wants to be. */
  static final class Recorder implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
      CallEvents events = chain.request().tag(CallEvents.class);
      Recording recording = events == null ? null : events.recording();
      RealConnection connection = (RealConnection) chain.connection();
      if (recording == null || connection == null) {
        return chain.proceed(chain.request());
      }
      recording.listenTo(connection, chain);
      return recording.heard(chain.proceed(chain.request()));
    }
  }

  private void listenTo(RealConnection connection, Interceptor.Chain chain) throws IOException {
    boolean direct = connection.route().proxy().type() == Proxy.Type.DIRECT;
    InetAddress address = direct ? connection.socket().getInetAddress() : null;
    server = address == null ? null : AttemptDns.text(address);
    if (Http1Rules.isHttp2(connection)) {
      protocol = HTTP_2;
      return;
    }
    tap = WireTap.of(connection);
    if (tap != null) {
      wire = Http1Rules.source(chain, connection);
      tap.showTo(this);
    }
  }

  @Override
  public void sent(byte[] bytes, int offset, int length) {
    capture.sent(bytes, offset, length);
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    capture.received(bytes, offset, length);
  }

  /** Takes the lines before the body, at the moment when they have been read and nothing else. */
  void headEnds(Response head) {
    boolean coded = head.header("Transfer-Encoding") != null;
    if (tap == null) {
      byte[] request = textOf(head.request());
      capture.sent(request, 0, request.length);
      byte[] answer = textOf(head);
      capture.received(answer, 0, answer.length);
    }
    capture.headEnds(ahead(), tap != null && coded && !isBodiless(head));
    if (isBodiless(head)) {
      bodyEnds();
    }
  }

  /** Says that the body has been read to its end, and nothing of what may follow. */
  void bodyEnds() {
    if (!ended) {
      ended = true;
      capture.bodyEnds(ahead());
      detach();
    }
  }

  private int ahead() {
    return wire == null ? 0 : (int) wire.getBuffer().size();
  }

  private void detach() {
    if (tap != null) {
      tap.end(this);
    }
  }

  private static boolean isBodiless(Response head) {
    return switch (head.code()) {
      case HttpURLConnection.HTTP_NO_CONTENT, HttpURLConnection.HTTP_NOT_MODIFIED -> true;
      default -> head.request().method().equals("HEAD");
    };
  }

  private static byte[] textOf(Request request) {
    String target = request.url().encodedPath();
    String query = request.url().encodedQuery();
    StringBuilder text = new StringBuilder(request.method());
    text.append(' ').append(query == null ? target : target + '?' + query).append(" HTTP/1.1\r\n");
    return bytes(text, request.headers(), "Connection");
  }

  private static byte[] textOf(Response head) {
    StringBuilder text = new StringBuilder("HTTP/1.1 ");
    text.append(head.code()).append(' ').append(head.message()).append("\r\n");
    return bytes(text, head.headers(), "Transfer-Encoding");
  }

  private static byte[] bytes(StringBuilder text, Headers headers, String leftOut) {
    for (int i = 0; i < headers.size(); i++) {
      if (!headers.name(i).equalsIgnoreCase(leftOut)) {
        text.append(headers.name(i)).append(": ").append(headers.value(i)).append("\r\n");
      }
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same response, which shows its body where the wire does not show all of it. */
  private Response heard(Response response) {
    boolean coded = response.header("Transfer-Encoding") != null;
    if (ended || (tap != null && !coded)) {
      return response;
    }
    ResponseBody body = response.body();
    Source shown = new Shown(body.source());
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(shown), body.contentType(), body.contentLength()))
        .build();
  }

  /** A body without its transfer coding, as it is read. */
  private final class Shown extends ForwardingSource {
    Shown(Source body) {
      super(body);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long n = super.read(sink, byteCount);
      if (n > 0) {
        show(sink, sink.size() - n, n);
      }
      return n;
    }

    private void show(Buffer sink, long from, long count) {
      Buffer copy = new Buffer();
      sink.copyTo(copy, from, count);
      byte[] block = copy.readByteArray();
      if (tap == null) {
        capture.received(block, 0, block.length);
      } else {
        capture.content(block, 0, block.length);
      }
    }
  }

  /** Whether there is an answer to be archived. */
  boolean isAnswered() {
    return capture.isAnswered();
  }

  /** Reads the rest of a body that nobody else wants, as far as it may be large. */
  boolean readOn(Response response) {
    Buffer block = new Buffer();
    long left = most;
    try {
      for (long n = 0; n >= 0 && left > 0; n = response.body().source().read(block, BLOCK_BYTES)) {
        left -= n;
        block.clear();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Archives an answer, if there is one. Returns the file that has it, null when nobody wants to
   * know.
   *
   * @param failure why it is not whole, if it is not
   */
  @Nullable String finish(Response answer, @Nullable FailureKind failure) throws FailedTransfer {
    if (failure != null && isLeftUnread(failure)) {
      readOn(answer);
    }
    detach();
    if (!capture.isAnswered() || failure == FailureKind.INTERRUPTED) {
      return null;
    }
    try (capture) {
      return capture.finish(
          new Circumstances(
              urlOf(answer),
              answer.request().method(),
              answer.code(),
              answer.header("Content-Type"),
              server,
              startEpochMillis,
              protocol,
              ended ? null : reason(failure)));
    } catch (UnwrittenArchive e) {
      throw new FailedTransfer(FailureKind.INTERRUPTED, FailureKind.INTERRUPTED.sentence());
    }
  }

  /** What was asked for: the server never sees the fragment, which costs a copy to take off. */
  private static String urlOf(Response answer) {
    HttpUrl url = answer.request().url();
    return (url.fragment() == null ? url : url.newBuilder().fragment(null).build()).toString();
  }

  /** Whether there may be more of a body, which was of no use to whoever read it. */
  private static boolean isLeftUnread(FailureKind failure) {
    return EnumSet.of(
            FailureKind.BAD_ENCODING,
            FailureKind.TOO_MANY_REDIRECTS,
            FailureKind.UNSUPPORTED_SCHEME,
            FailureKind.INVALID_URL)
        .contains(failure);
  }

  /** Why a body is not whole; by itself it is as large as anybody wanted it. */
  private static Truncation reason(@Nullable FailureKind failure) {
    return switch (failure) {
      case null -> Truncation.LENGTH;
      case TOO_LARGE -> Truncation.LENGTH;
      case TIMEOUT, DEADLINE -> Truncation.TIME;
      case RESET, PARTIAL, EMPTY_REPLY -> Truncation.DISCONNECT;
      case INVALID_URL,
          UNSUPPORTED_SCHEME,
          DNS,
          DNS_TEMPORARY,
          CONNECT,
          TLS_HANDSHAKE,
          TLS_CERTIFICATE,
          PROTOCOL,
          BAD_ENCODING,
          TOO_MANY_REDIRECTS,
          REFUSED,
          HOST_DOWN,
          ROBOTS,
          ROBOTS_UNREACHABLE,
          HTTP_STATUS,
          INTERRUPTED,
          IO,
          SAVE,
          CHECKSUM ->
          Truncation.UNSPECIFIED;
    };
  }

  @Override
  public void close() {
    detach();
    capture.close();
  }
}
