package fetch.http.wire;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import fetch.http.field.RepeatedFields;
import fetch.http.http2.Http2Rules;
import fetch.http.okhttp.Connections;
import fetch.http.okhttp.HttpStream;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and waits for its response, as the last interceptor of a chain. OkHttp's own
 * would skip any number of interim responses (RFC 9110, section 15.2).
 */
public final class ServerCall implements Interceptor {
  private static final int MOST_INTERIM = 100;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int LEAST_STATUS = 100;
  private static final int MOST_STATUS = 599;

  @Override
  public Response intercept(Chain chain) throws IOException {
    HttpStream stream = HttpStream.of(chain);
    Request request = chain.request();
    return stream.isHttp2() ? overHttp2(request, stream) : overHttp1(chain, request, stream);
  }

  private static Response overHttp1(Chain chain, Request request, HttpStream stream)
      throws IOException {
    IOException unsent = send(chain, request, stream);
    HeaderSection section = new HeaderSection(Connections.source(chain, stream.connection()));
    try {
      Response first = head(read(stream, section), request, stream);
      Response head = finalHead(first, stream, section);
      return whole(head, stream);
    } catch (IOException e) {
      if (unsent == null) {
        throw e;
      }
      unsent.addSuppressed(e);
      throw unsent;
    }
  }

  private static Response overHttp2(Request request, HttpStream stream) throws IOException {
    Http2Rules.send(request, stream);
    Response.Builder first;
    try {
      first = read(stream, null);
    } catch (IOException e) {
      throw Http2Rules.explain(e);
    }
    Response head = finalHead(head(first, request, stream), stream, null);
    return Http2Rules.framed(whole(head, stream));
  }

  /**
   * Sends the request. Returns the reason if sending failed, which a response may still explain.
   */
  private static @Nullable IOException send(Chain chain, Request request, HttpStream stream)
      throws IOException {
    try {
      stream.write(request);
      if (RepeatedFields.haveStrayBytes(request)) {
        RequestBytes.restore(request, Connections.sink(chain, stream.connection()).getBuffer());
      }
      stream.finish(request);
      return null;
    } catch (IOException e) {
      if (stream.hasFailed()) {
        return e;
      }
      throw e;
    }
  }

  /** Skips interim responses and returns the final header section. */
  private static Response finalHead(
      Response first, HttpStream stream, @Nullable HeaderSection section) throws IOException {
    Response head = first;
    for (int interim = 1; Http2Rules.isInterim(head.code()); interim++) {
      if (interim > MOST_INTERIM) {
        stream.cancel();
        throw new FailedTransfer(
            FailureKind.PROTOCOL, "there are more than " + MOST_INTERIM + " interim responses");
      }
      head = head(read(stream, section), head.request(), stream);
    }
    return head;
  }

  private static Response whole(Response head, HttpStream stream) throws IOException {
    stream.headEnds(head);
    if (head.code() == SWITCHING_PROTOCOLS) {
      throw new FailedTransfer(FailureKind.PROTOCOL, "the server switched to another protocol");
    }
    if ("close".equalsIgnoreCase(head.request().header("Connection"))) {
      stream.closeToOthers();
    }
    return head.newBuilder().body(stream.body(Framing.of(head))).build();
  }

  private static Response head(Response.Builder builder, Request request, HttpStream stream)
      throws IOException {
    int status = HttpStream.status(builder);
    if (status < LEAST_STATUS || status > MOST_STATUS) {
      stream.cancel();
      throw new FailedTransfer(
          FailureKind.PROTOCOL, "not HTTP: the status is not between 100 and 599: " + status);
    }
    Response head = builder.request(request).build();
    if (stream.isHttp2()) {
      Http2Rules.check(head, stream);
    }
    return head;
  }

  /**
   * Reads a header section.
   *
   * @param section checks those of HTTP/1.1; null for HTTP/2
   */
  private static Response.Builder read(HttpStream stream, @Nullable HeaderSection section)
      throws IOException {
    if (section != null) {
      await(section, stream);
    }
    try {
      return stream.read();
    } catch (ProtocolException e) {
      if (stream.isHttp2()) {
        throw Http2Rules.malformed("the :status is missing or not three digits");
      }
      throw e;
    }
  }

  /** Reports a failure to OkHttp, like its own failures: it then tries other addresses first. */
  private static void await(HeaderSection section, HttpStream stream) throws IOException {
    try {
      section.await();
    } catch (IOException e) {
      stream.countFailure(e);
      throw e;
    }
  }
}
