package fetch.http.reception;

import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Quantity;
import fetch.Redaction;
import fetch.SavedBody;
import fetch.body.BodySink;
import fetch.body.IncomingBody;
import fetch.body.IncomingBody.Origin;
import fetch.body.PartialBody;
import fetch.http.call.FailedTransfer;
import fetch.http.call.Phase;
import fetch.http.call.Unprocessed;
import fetch.http.field.FieldBytes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Receives the body of one attempt, and resumes one that an earlier attempt left incomplete.
 * Requests the rest if it certainly belongs to the same body (RFC 9110, sections 13.1.5 and 14). If
 * the server sends anything else than the rest, requests the whole body, once.
 */
public final class BodyReceiver {
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_ERROR = 400;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** After this many requests for the rest without a response, the whole body is requested. */
  private static final int MOST_SILENCES = 2;

  private static final Set<FailureKind> REFUSALS =
      EnumSet.of(FailureKind.CHECKSUM, FailureKind.PROTOCOL);
  private static final Set<FailureKind> CUTS =
      EnumSet.of(FailureKind.EMPTY_REPLY, FailureKind.RESET, FailureKind.PARTIAL);

  private final BodySink sink;
  private final FetchRequest entry;
  private @Nullable PartialBody leftover;
  private boolean whole;
  private boolean looked;
  private boolean asked;
  private boolean refused;
  private int silences;

  public BodyReceiver(BodySink sink, FetchRequest entry) {
    this.sink = sink;
    this.entry = entry;
  }

  /** The request, for the rest only if it is for the same URL. */
  public Request request(Request request, HttpUrl url) {
    whole = RequestConditions.isForAll(request);
    if (whole && !looked) {
      looked = true;
      leftover = usable(sink.takePartial(entry));
      silences = leftover == null ? 0 : leftover.silences();
    }
    PartialBody before = leftover;
    boolean wanted =
        whole && !refused && before != null && before.origin().url().equals(shown(url));
    asked = wanted && silences < MOST_SILENCES;
    if (wanted && !asked) {
      refused = true;
      silences = 0;
    }
    if (before == null || !asked) {
      return request;
    }
    Request rest =
        request
            .newBuilder()
            .header("Range", "bytes=" + before.length() + "-")
            .header("Accept-Encoding", "identity")
            .build();
    return RequestConditions.with("If-Range", before.origin().validator(), rest);
  }

  /** The partial body; null if its validator is invalid. */
  private static @Nullable PartialBody usable(@Nullable PartialBody before) {
    if (before != null && !PartialContent.isValidator(before.origin().validator())) {
      before.discard();
      return null;
    }
    return before;
  }

  /** A URL as in records, without a fragment. */
  public static String shown(HttpUrl url) {
    return Redaction.ofUrl(url.newBuilder().fragment(null).build().toString());
  }

  /**
   * Whether the request for the rest failed, so that the whole body must be requested. True for
   * every error and redirect, as servers refuse a Range with any of them. The partial body is kept
   * until the whole body arrives: an error may be temporary, and must not cost gigabytes.
   */
  public boolean startsOver(Response response) {
    PartialBody before = leftover;
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
    if (status >= FIRST_REDIRECT || bodiless) {
      refused = true;
    } else if (status == HttpURLConnection.HTTP_PARTIAL) {
      refused = !PartialContent.isRest(response, before);
    } else {
      refused = PartialContent.isDisguised(response, before);
    }
    silences = refused ? 0 : silences;
    if (refused && !bodiless && (status < FIRST_ERROR || status == RANGE_NOT_SATISFIABLE)) {
      discard();
    }
    return refused;
  }

  /**
   * Whether to request the whole body after a request for the rest failed with an exception. An
   * unreachable server has not refused the range. A server that closed the connection after the
   * request, or sent none of the rest, has.
   *
   * @param delivered the number of bytes of the rest received
   */
  public boolean startsOver(IOException failure, Phase phase, long delivered) {
    if (!asked || refused) {
      return false;
    }
    refused =
        switch (phase) {
          case LOOKUP_QUEUE, LOOKUP, DESCRIPTOR, CONNECT, HANDSHAKE -> false;
          case RESPONSE -> isRefusal(failure, true);
          case BODY -> isRefusal(failure, delivered == 0);
        };
    looked &= !refused || leftover != null; // writing the rest has put the partial body back
    return refused;
  }

  /**
   * @param empty whether nothing of the rest was received
   */
  private static boolean isRefusal(IOException failure, boolean empty) {
    if (failure instanceof FailedTransfer known) {
      return REFUSALS.contains(known.kind()) || (empty && CUTS.contains(known.kind()));
    }
    return empty && !(failure instanceof Unprocessed);
  }

  /** Handles a time limit that a request exceeded. */
  public void timedOut(Phase phase, long delivered) {
    if (asked && (phase == Phase.RESPONSE || (phase == Phase.BODY && delivered == 0))) {
      silences++;
      leftover = leftover == null ? sink.takePartial(entry) : leftover;
    }
  }

  private void discard() {
    if (leftover != null) {
      leftover.discard();
      leftover = null;
    }
  }

  /** Reads the body; returns its saved form. */
  public SavedBody receive(Response response, BodyReader body, HttpUrl url) throws IOException {
    boolean rest = asked && response.code() == HttpURLConnection.HTTP_PARTIAL;
    PartialBody before = rest ? leftover : null;
    if ((asked || refused) && !rest && response.code() / 100 == 2) {
      discard();
    }
    asked = rest;
    IncomingBody arrival =
        new IncomingBody(
            entry,
            response.code(),
            response.header("Content-Type"),
            () -> disposition(response, before),
            () -> response.headers().getInstant("Last-Modified"),
            before == null ? () -> origin(response, url) : before::origin,
            before);
    long length = before == null ? 0 : before.length();
    try (BodySinkAdapter delivery = BodySinkAdapter.begin(sink, arrival)) {
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
        return SavedBody.NOTHING;
      }
      SavedBody stored = delivery.finish();
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
          "the body has " + Quantity.of(length, "byte") + " of " + total);
    }
  }

  private static @Nullable String disposition(Response response, @Nullable PartialBody before) {
    String field = FieldBytes.textOf("Content-Disposition", response);
    return field == null && before != null ? before.origin().disposition() : field;
  }

  /** The data to resume the body later, null if it cannot be resumed. */
  private @Nullable Origin origin(Response response, HttpUrl url) {
    boolean plain = response.headers("Content-Encoding").isEmpty();
    boolean refused = "none".equalsIgnoreCase(response.header("Accept-Ranges"));
    String validator = PartialContent.strongValidator(response);
    return whole
            && plain
            && !refused
            && validator != null
            && response.code() == HttpURLConnection.HTTP_OK
        ? new Origin(
            shown(url), validator, response.body().contentLength(), disposition(response, null))
        : null;
  }

  /** Called when the attempt is over. */
  public void end() {
    if (leftover != null) {
      leftover.putBack(silences);
      leftover = null;
    }
  }
}
