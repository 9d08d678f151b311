package fetch.http.reception;

import fetch.ArchivedResponse;
import fetch.Clock;
import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import fetch.http.field.FieldBytes;
import fetch.http.okhttp.Connections;
import fetch.http.okhttp.MethodAndBody;
import fetch.http.url.Addresses;
import fetch.http.wire.WireTap;
import fetch.warc.ArchiveWriteException;
import fetch.warc.Capture;
import fetch.warc.ExchangeInfo;
import fetch.warc.Truncation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import okhttp3.Connection;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Records what one call sends and receives, for the archive: the bytes on the wire if they can be
 * tapped, otherwise their equivalent in HTTP/1.1, as for HTTP/2. For one thread at a time.
 *
 * <p>A body is complete if its source says so: the announced number of bytes was read, or its end.
 * OkHttp's event for the end of a body also comes when an unread body is closed.
 */
public final class Recording implements WireTap.Listener, AutoCloseable {
  private static final long UNKNOWN = -1;
  private static final long MOST_UNREAD = 1 << 20;
  private static final long MOST_UNREAD_NANOS = 2_000_000_000;

  private final Capture capture;
  private final long startEpochMillis;
  private final long most;
  private final BooleanSupplier over;
  private @Nullable WireTap tap;
  private @Nullable BufferedSource wire;
  private @Nullable String server;
  private @Nullable Handshake handshake;
  private @Nullable RecordedBody shown;
  private long announced = UNKNOWN;
  private boolean sent;
  private boolean bodiless;
  private boolean ended;
  private @Nullable Truncation cut;

  /**
   * Starts recording a call; null without an archive.
   *
   * @param capture takes what is sent and received, null without an archive
   * @param most how many bytes of a body are read for the archive alone
   * @param over whether no time is left for it
   */
  public static @Nullable Recording begin(
      @Nullable Capture capture, long most, Clock clock, BooleanSupplier over) {
    return capture == null ? null : new Recording(capture, most, clock, over);
  }

  private Recording(Capture capture, long most, Clock clock, BooleanSupplier over) {
    this.most = most;
    this.over = over;
    this.capture = capture;
    this.startEpochMillis = clock.epochMillis();
  }

  void listenTo(Connection connection, Interceptor.Chain chain) throws IOException {
    boolean direct = connection.route().proxy().type() == Proxy.Type.DIRECT;
    SocketAddress peer = direct ? connection.socket().getRemoteSocketAddress() : null;
    InetAddress address = peer instanceof InetSocketAddress known ? known.getAddress() : null;
    server = address == null ? null : Addresses.text(address);
    handshake = connection.handshake();
    if (Connections.isHttp2(connection)) {
      return;
    }
    tap = WireTap.of(connection);
    if (tap != null) {
      wire = Connections.source(chain, connection);
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

  /** The request, with a body that is copied to the archive while it is sent. */
  Request withRecordedContent(Request request) {
    RequestBody body = request.body();
    if (tap != null || body == null) {
      return request;
    }
    takeHead(request);
    Request.Builder copy = request.newBuilder();
    MethodAndBody.set(copy, request.method(), new RecordedContent(body, capture));
    return copy.build();
  }

  private void takeHead(Request request) {
    byte[] head = textOf(request);
    capture.sent(head, 0, head.length);
    sent = true;
  }

  /** Records the header section, when it has been read and nothing after it. */
  public void headEnds(Response head) {
    if (tap == null) {
      if (!sent) {
        takeHead(head.request());
      }
      byte[] response = textOf(head);
      capture.received(response, 0, response.length);
    }
    bodiless = isBodiless(head);
    capture.headEnds(ahead(), tap != null && isCoded(head) && !bodiless);
    if (bodiless) {
      bodyEnds();
    }
  }

  /** Marks the end of the bytes read of the body. Later bytes belong to other messages. */
  public void bodyEnds() {
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

  private static boolean isCoded(Response head) {
    return head.header("Transfer-Encoding") != null;
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
    return FieldBytes.of(text.append("\r\n").toString());
  }

  /** Wraps a response to record the body if the wire does not show all of it. */
  Response withRecordedBody(Response response) {
    ResponseBody body = response.body();
    announced = body.contentLength();
    if (ended || (tap != null && announced >= 0)) {
      return response;
    }
    RecordedBody source = new RecordedBody(body.source(), tap == null || isCoded(response));
    shown = source;
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(source), body.contentType(), announced))
        .build();
  }

  /** Records a body without its transfer coding, as it is read. */
  private final class RecordedBody extends ForwardingSource {
    private final boolean wanted;
    private long length;
    private boolean exhausted;

    /**
     * @param wanted whether to record its bytes; otherwise the wire shows them
     */
    RecordedBody(Source body, boolean wanted) {
      super(body);
      this.wanted = wanted;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long n = super.read(sink, byteCount);
      if (n > 0) {
        length += n;
        if (wanted) {
          show(sink, sink.size() - n, n);
        }
      }
      exhausted |= n < 0;
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

  /** Whether there is a response to archive. */
  boolean hasResponse() {
    return capture.hasResponse();
  }

  private boolean isWhole() {
    RecordedBody source = shown;
    if (source != null) {
      return source.exhausted && (announced < 0 || announced == source.length);
    }
    long read = capture.bodyLength() - (ended ? 0 : ahead());
    return bodiless || (announced >= 0 && read >= announced);
  }

  /**
   * Reads the rest of a body for the archive alone: at most a megabyte, for at most two seconds or
   * a quarter of the remaining time.
   *
   * @param leftNanos the time left for the entry
   * @param hangUp cancels the call when the time is up
   */
  public void readOn(Response response, long leftNanos, Runnable hangUp) {
    long nanos = Math.clamp(leftNanos / 4, 1, MOST_UNREAD_NANOS);
    cut =
        switch (UnwantedBody.read(response, Math.min(most, MOST_UNREAD), nanos, hangUp)) {
          case WHOLE, LENGTH -> Truncation.LENGTH;
          case TIME -> Truncation.TIME;
          case FAILURE -> over.getAsBoolean() ? Truncation.TIME : Truncation.DISCONNECT;
        };
  }

  /**
   * Archives a response, if there is one. Returns its place, null if results do not name it.
   *
   * @param failure why it is incomplete, null if it is complete
   */
  public @Nullable ArchivedResponse finish(Response response, @Nullable FailureKind failure)
      throws FailedTransfer {
    detach();
    if (!capture.hasResponse() || failure == FailureKind.INTERRUPTED) {
      return null;
    }
    try (capture) {
      return capture.finish(
          new ExchangeInfo(
              urlOf(response),
              response.request().method(),
              response.code(),
              FieldBytes.textOf("Content-Type", response),
              connection(response),
              startEpochMillis,
              isWhole() ? null : reason(failure)));
    } catch (ArchiveWriteException e) {
      throw new FailedTransfer(FailureKind.INTERRUPTED, FailureKind.INTERRUPTED.sentence());
    }
  }

  private ExchangeInfo.Connection connection(Response response) {
    String http = ArchiveProtocolNames.of(response.protocol());
    return handshake == null
        ? new ExchangeInfo.Connection(server, List.of(http), null)
        : new ExchangeInfo.Connection(
            server,
            List.of(http, ArchiveProtocolNames.of(handshake.tlsVersion())),
            ArchiveProtocolNames.of(handshake.cipherSuite()));
  }

  /** The requested URL. Removing the fragment, which servers never see, costs a copy. */
  private static String urlOf(Response response) {
    HttpUrl url = response.request().url();
    return (url.fragment() == null ? url : url.newBuilder().fragment(null).build()).toString();
  }

  /** Whether the body may continue, but its reader had no use for the rest. */
  public static boolean isLeftUnread(FailureKind failure, Response response) {
    boolean partial = failure == FailureKind.PARTIAL && PartialContent.objection(response) != null;
    return partial
        || EnumSet.of(
                FailureKind.BAD_ENCODING,
                FailureKind.TOO_MANY_REDIRECTS,
                FailureKind.UNSUPPORTED_SCHEME,
                FailureKind.INVALID_URL)
            .contains(failure);
  }

  /** Why a body is incomplete; by default, because its reader needed no more. */
  private Truncation reason(@Nullable FailureKind failure) {
    if (shown != null && shown.exhausted && shown.length < announced) {
      return Truncation.DISCONNECT;
    }
    return cut != null ? cut : reasonOf(failure);
  }

  private static Truncation reasonOf(@Nullable FailureKind failure) {
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
          PROXY,
          TLS_HANDSHAKE,
          TLS_CERTIFICATE,
          TLS_PIN,
          PROTOCOL,
          BAD_ENCODING,
          TOO_MANY_REDIRECTS,
          REFUSED,
          HOST_DOWN,
          ROBOTS,
          HTTP_STATUS,
          INTERRUPTED,
          IO,
          SAVE,
          CHECKSUM,
          MATCH,
          INTERNAL ->
          Truncation.UNSPECIFIED;
    };
  }

  @Override
  public void close() {
    detach();
    capture.close();
  }
}
