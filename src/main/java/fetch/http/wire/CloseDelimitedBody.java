package fetch.http.wire;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import java.io.IOException;
import java.net.Socket;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Checks bodies without a length, which end with the connection (RFC 9112, section 6.3). Over TLS
 * the end requires a close_notify (RFC 8446, section 6.1): otherwise anyone on the path could
 * truncate the body.
 */
final class CloseDelimitedBody {
  private CloseDelimitedBody() {}

  /** Wraps a response so that its body fails if TLS ended without a close_notify. */
  static Response check(Response response, Socket socket) {
    ResponseBody body = response.body();
    if (body.contentLength() >= 0 || !(socket instanceof EncryptedSocket tls)) {
      return response;
    }
    Source checked = new Checked(body.source(), tls);
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(checked), body.contentType(), -1))
        .build();
  }

  /** Checks the end when it is reached. */
  private static final class Checked extends ForwardingSource {
    private final EncryptedSocket socket;

    Checked(Source body, EncryptedSocket socket) {
      super(body);
      this.socket = socket;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long n = super.read(sink, byteCount);
      if (n < 0 && !socket.isEndConfirmed()) {
        throw new FailedTransfer(
            FailureKind.PARTIAL,
            "the connection was closed before the end of the body: TLS was not ended"
                + " (no close_notify)");
      }
      return n;
    }
  }
}
