package fetch.http;

import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.Outcome;
import fetch.Precondition;
import fetch.Preconditions;
import fetch.Validators;
import fetch.http.field.FieldBytes;
import fetch.http.reception.BodyReceiver;
import fetch.http.reception.RequestConditions;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes an attempt's request conditional: it asks for a representation only if that has changed
 * (RFC 9110, section 13.1).
 *
 * <ul>
 *   <li>Validators belong to one URL. Redirects on the way to it are requested without, and so is
 *       any other URL that they lead to now.
 *   <li>Conditions of the user win. Only GET and HEAD are made conditional, and not requests for a
 *       range.
 *   <li>Only validators in the standard's syntax are sent. Servers send others too, such as {@code
 *       *}, whose meaning in a request is unknown.
 *   <li>An entity tag is sent as the bytes that the server sent. If a record could mean either of
 *       two spellings, both are sent: a 304 then holds for the right one.
 * </ul>
 */
final class ConditionalRequest {
  /** The syntax of validators; a class of its own, which a run without conditions does not load. */
  private static final class Allowed {
    static final Pattern ENTITY_TAG = Pattern.compile("(W/)?" + RequestConditions.OPAQUE_TAG);
    static final Pattern DATE =
        Pattern.compile("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
  }

  private final Precondition known;
  private boolean asked;

  private ConditionalRequest(Precondition known) {
    this.known = known;
  }

  /**
   * The condition of an entry, null if there are no validators or the user has set conditions.
   *
   * @param known the validators of earlier runs, null for none
   */
  static @Nullable ConditionalRequest of(
      @Nullable Preconditions known, Requests requests, FetchRequest request) {
    if (known == null || request.robots()) {
      return null;
    }
    EntryOverrides own = request.own();
    List<HeaderLine> wanted = own == null ? List.of() : own.headers();
    Precondition precondition = requests.hasConditions(wanted) ? null : known.of(request);
    return precondition == null ? null : new ConditionalRequest(precondition);
  }

  /** The validators of a response, for conditional requests of later runs. */
  static Validators validators(@Nullable Response response) {
    return response == null
        ? Validators.NONE
        : Validators.of(
            FieldBytes.textOf("ETag", response), FieldBytes.textOf("Last-Modified", response));
  }

  /** The request with the condition, if the condition is for this URL. */
  Request applyTo(Request request, HttpUrl url) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    asked = false;
    if (!reads
        || RequestConditions.areIn(request)
        || !known.url().equals(BodyReceiver.shown(url))) {
      return request;
    }
    Request conditional = request;
    String tag = known.validators().etag();
    if (tag != null && Allowed.ENTITY_TAG.matcher(tag).matches()) {
      String tags = String.join(", ", FieldBytes.sources(tag));
      conditional = RequestConditions.with("If-None-Match", tags, conditional);
    }
    String date = known.validators().lastModified();
    if (date != null && Allowed.DATE.matcher(date).matches()) {
      conditional = RequestConditions.with("If-Modified-Since", date, conditional);
    }
    asked = conditional != request;
    return conditional;
  }

  /** Whether the response says that the representation is unchanged. */
  boolean holds(Response response) {
    return asked && response.code() == Outcome.Unchanged.STATUS;
  }
}
