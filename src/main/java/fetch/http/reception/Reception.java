package fetch.http.reception;

import fetch.FailureKind;
import fetch.FetchRequest;
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
 * Receives the body of one attempt and continues what an earlier attempt left of it. It requests
 * the rest where that is known to be of the same body (RFC 9110, sections 13.1.5 and 14). Where a
 * server does anything else than send just that, it requests the whole body, once.
 */
public final class Reception {
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_ERROR = 400;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Requests for the rest without a response, after which the whole body is requested. */
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

  public Reception(BodySink sink, FetchRequest entry) {
    this.sink = sink;
    this.entry = entry;
  }

  /** The request for as much as is wanted: for the rest only from the same URL. */
  public Request ask(Request request, HttpUrl url) {
    whole = RequestConditions.isForAll(request);
    if (whole && !looked) {
      looked = true;
      leftover = usable(sink.left(entry));
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

  /** Null for one that has no validator to send. */
  private static @Nullable PartialBody usable(@Nullable PartialBody before) {
    if (before != null && !PartialContent.isValidator(before.origin().validator())) {
      before.discard();
      return null;
    }
    return before;
  }

  /** A URL as records have it, but for a fragment. */
  public static String shown(HttpUrl url) {
    return Redaction.ofUrl(url.newBuilder().fragment(null).build().toString());
  }

  /**
   * Whether the rest was requested in vain, so that the whole body is to be requested. That holds
   * for every error and redirect, as servers refuse a Range with any. What was left is kept until
   * the whole body comes: an error may be of the moment, and no reason to lose gigabytes.
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
   * The same for a request for the rest that failed. A server that is away does not refuse it; one
   * that took the request and hung up does, or that sent nothing of the rest.
   *
   * @param delivered how many bytes of the rest came
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
    looked &= !refused || leftover != null; // as writing the rest has put back what was left
    return refused;
  }

  /**
   * @param empty whether nothing of the rest came
   */
  private static boolean isRefusal(IOException failure, boolean empty) {
    if (failure instanceof FailedTransfer known) {
      return REFUSALS.contains(known.kind()) || (empty && CUTS.contains(known.kind()));
    }
    return empty && !(failure instanceof Unprocessed);
  }

  /** Takes account of a time limit that a request ran into. */
  public void timedOut(Phase phase, long delivered) {
    if (asked && (phase == Phase.RESPONSE || (phase == Phase.BODY && delivered == 0))) {
      silences++;
      leftover = leftover == null ? sink.left(entry) : leftover;
    }
  }

  private void discard() {
    if (leftover != null) {
      leftover.discard();
      leftover = null;
    }
  }

  /** Reads the body, and returns what is kept of it. */
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
          "the body has " + length + " bytes of " + total);
    }
  }

  private static @Nullable String disposition(Response response, @Nullable PartialBody before) {
    String field = FieldBytes.textOf("Content-Disposition", response);
    return field == null && before != null ? before.origin().disposition() : field;
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
        ? new Origin(
            shown(url), validator, response.body().contentLength(), disposition(response, null))
        : null;
  }

  /** Says that the attempt is over. */
  public void end() {
    if (leftover != null) {
      leftover.putBack(silences);
      leftover = null;
    }
  }
}
