package fetch.http;

import fetch.EntryOverrides;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.Outcome;
import fetch.Precondition;
import fetch.Preconditions;
import fetch.Validators;
import fetch.http.field.FieldBytes;
import fetch.http.reception.Reception;
import fetch.http.reception.RequestConditions;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Asks, for one attempt, for a representation only if it is no longer what it was (RFC 9110,
 * section 13.1).
 *
 * <ul>
 *   <li>Validators are of one URL: a redirect on the way there is asked for without, and so is any
 *       other place that redirects lead to now.
 *   <li>A user who speaks of conditions has his own. Only GET and HEAD are asked so, and not where
 *       part of a body is asked for.
 *   <li>Only what the standard allows is sent: a server gives other things, too, and what it makes
 *       of them when they come back, {@code *} for instance, nobody knows.
 *   <li>An entity tag is sent as the bytes that it came as. Where a record leaves two spellings
 *       open, both are sent: a 304 then holds for the right one.
 * </ul>
 */
final class Condition {
  /** What may be sent; in a class of its own, which a run without conditions does not load. */
  private static final class Allowed {
    static final Pattern ENTITY_TAG = Pattern.compile("(W/)?" + RequestConditions.OPAQUE_TAG);
    static final Pattern DATE =
        Pattern.compile("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
  }

  private final Precondition known;
  private boolean asked;

  private Condition(Precondition known) {
    this.known = known;
  }

  /**
   * The condition of an entry, null when it has none or those of the user.
   *
   * @param known null when nothing is known of any entry
   */
  static @Nullable Condition of(
      @Nullable Preconditions known, Requests requests, FetchRequest request) {
    if (known == null || request.robots()) {
      return null;
    }
    EntryOverrides own = request.own();
    List<HeaderLine> wanted = own == null ? List.of() : own.headers();
    Precondition precondition = requests.hasConditions(wanted) ? null : known.of(request);
    return precondition == null ? null : new Condition(precondition);
  }

  /** What a response gives to be known again by. */
  static Validators validators(@Nullable Response response) {
    return response == null
        ? Validators.NONE
        : Validators.of(
            FieldBytes.textOf("ETag", response), FieldBytes.textOf("Last-Modified", response));
  }

  /** The request with the condition, where it is one for this. */
  Request ask(Request request, HttpUrl url) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    asked = false;
    if (!reads || RequestConditions.areIn(request) || !known.url().equals(Reception.shown(url))) {
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

  /** Whether this is the answer that all is still as it was. */
  boolean holds(Response response) {
    return asked && response.code() == Outcome.Unchanged.STATUS;
  }
}
