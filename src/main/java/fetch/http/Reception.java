package fetch.http;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Redaction;
import fetch.Stored;
import fetch.body.Arrival;
import fetch.body.Arrival.Origin;
import fetch.body.BodySink;
import fetch.body.Leftover;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Receives the body of one attempt and continues what an earlier attempt left of it. It requests
 * the rest where that is known to be of the same body (RFC 9110, sections 13.1.5 and 14). Where a
 * server does anything else than send just that, it requests the whole body, once.
 */
final class Reception {
  private static final int FIRST_ERROR = 400;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final BodySink sink;
  private final FetchRequest entry;
  private @Nullable Leftover leftover;
  private boolean whole;
  private boolean looked;
  private boolean asked;
  private boolean refused;

  Reception(BodySink sink, FetchRequest entry) {
    this.sink = sink;
    this.entry = entry;
  }

  /** The request for as much as is wanted: for the rest only from the same URL. */
  Request ask(Request request, HttpUrl url) {
    whole = RequestConditions.isForAll(request);
    if (whole && !looked) {
      looked = true;
      leftover = usable(sink.left(entry));
    }
    Leftover before = leftover;
    asked = whole && !refused && before != null && before.origin().url().equals(shown(url));
    if (before == null || !asked) {
      return request;
    }
    return request
        .newBuilder()
        .header("Range", "bytes=" + before.length() + "-")
        .header("If-Range", before.origin().validator())
        .header("Accept-Encoding", "identity")
        .build();
  }

  /** Null for one that has no validator to send. */
  private static @Nullable Leftover usable(@Nullable Leftover before) {
    if (before != null && !PartialContent.isValidator(before.origin().validator())) {
      before.discard();
      return null;
    }
    return before;
  }

  /** A URL as records have it, but for a fragment. */
  static String shown(HttpUrl url) {
    return Redaction.ofUrl(url.newBuilder().fragment(null).build().toString());
  }

  /**
   * Whether the rest was requested in vain, so that the whole body is to be requested. That holds
   * for every error, as servers refuse a Range with any. What was left is kept until the whole body
   * comes: an error may be of the moment, and no reason to lose gigabytes.
   */
  boolean startsOver(Response response) {
    Leftover before = leftover;
    if (!asked || before == null) {
      return false;
    }
    int status = response.code();
    boolean bodiless =
        switch (status) {
          case HttpURLConnection.HTTP_NO_CONTENT,
              HttpURLConnection.HTTP_RESET,
              HttpURLConnection.HTTP_NOT_MODIFIED ->
              true;
          default -> false;
        };
    if (status >= FIRST_ERROR || bodiless) {
      refused = true;
    } else if (status == HttpURLConnection.HTTP_PARTIAL) {
      refused = !PartialContent.isRest(response, before);
    } else {
      refused = PartialContent.isDisguised(response, before);
    }
    if (refused && !bodiless && (status < FIRST_ERROR || status == RANGE_NOT_SATISFIABLE)) {
      discard();
    }
    return refused;
  }

  /**
   * The same for a request for the rest that failed. Connections break for other reasons, too: only
   * a response that is not HTTP, a stream that the server reset, and a body that turns out wrong
   * are taken for a refusal.
   */
  boolean startsOver(IOException failure, Phase phase) {
    if (!asked || refused) {
      return false;
    }
    refused =
        switch (failure) {
          case FailedTransfer known when phase == Phase.BODY ->
              known.kind() == FailureKind.CHECKSUM || known.kind() == FailureKind.PROTOCOL;
          case FailedTransfer known -> known.kind() == FailureKind.PROTOCOL;
          default -> phase == Phase.RESPONSE && Failures.isOfRequest(failure);
        };
    return refused;
  }

  private void discard() {
    if (leftover != null) {
      leftover.discard();
      leftover = null;
    }
  }

  /** Reads the body, and returns what is kept of it. */
  Stored receive(Response response, BodyReader body, HttpUrl url) throws IOException {
    boolean rest = asked && response.code() == HttpURLConnection.HTTP_PARTIAL;
    Leftover before = rest ? leftover : null;
    if ((asked || refused) && !rest && response.code() / 100 == 2) {
      discard();
    }
    asked = rest;
    Arrival arrival =
        new Arrival(
            entry,
            response.code(),
            response.header("Content-Type"),
            before == null ? () -> origin(response, url) : before::origin,
            before);
    long length = before == null ? 0 : before.length();
    try (Delivery delivery = Delivery.begin(sink, arrival)) {
      leftover = rest ? null : leftover;
      try {
        body.read(response, delivery, length);
        if (before != null) {
          checkWhole(response, length + body.delivered());
        }
      } catch (IOException e) {
        if (delivery != null) {
          delivery.leave(e);
        }
        throw e;
      }
      if (delivery == null) {
        return Stored.NOTHING;
      }
      Stored stored = delivery.finish();
      if (stored.file() != null) {
        discard();
      }
      return stored;
    }
  }

  private static void checkWhole(Response response, long length) throws FailedTransfer {
    long total = Objects.requireNonNull(PartialContent.of(response)).total();
    if (length != total) {
      throw new FailedTransfer(
          length < total ? FailureKind.PARTIAL : FailureKind.PROTOCOL,
          "there are " + length + " bytes of a body of " + total);
    }
  }

  /** By what the rest of a body can be asked for, null when it cannot. */
  private @Nullable Origin origin(Response response, HttpUrl url) {
    boolean plain = response.headers("Content-Encoding").isEmpty();
    boolean refused = "none".equalsIgnoreCase(response.header("Accept-Ranges"));
    String validator = PartialContent.strongValidator(response);
    return whole
            && plain
            && !refused
            && validator != null
            && response.code() == HttpURLConnection.HTTP_OK
        ? new Origin(shown(url), validator, response.body().contentLength())
        : null;
  }

  /** Says that the attempt is over. */
  void end() {
    if (leftover != null) {
      leftover.putBack();
      leftover = null;
    }
  }
}
