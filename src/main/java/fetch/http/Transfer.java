package fetch.http;

import fetch.ArchivedResponse;
import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Hop;
import fetch.Outcome;
import fetch.Representation;
import fetch.SavedBody;
import fetch.Timings;
import fetch.body.BodySink;
import fetch.http.call.CallEvents;
import fetch.http.call.ConnectExhaustion;
import fetch.http.call.ExceptionMessages;
import fetch.http.call.FailedTransfer;
import fetch.http.dns.AttemptDns;
import fetch.http.reception.BodyReader;
import fetch.http.reception.BodyReceiver;
import fetch.http.reception.RecordedCalls;
import fetch.http.reception.Recording;
import fetch.http.reception.TextPrefix;
import fetch.http.reception.UnwantedBody;
import fetch.http.settings.SpeedLimit;
import fetch.http.url.Addresses;
import fetch.http.url.HttpUrlParser;
import fetch.warc.ExchangeRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One request in flight, up to the last byte of its response. It takes more than one call if the
 * first is useless, for instance on a connection that turns out to be closed. The driver makes each
 * call and hands back its result, on one thread at a time, until there is no next call. {@link
 * #cancel} may come from any thread.
 */
final class Transfer {
  private final Context context;
  private final FetchRequest entry;
  private final @Nullable BodyReceiver receiver;
  private final @Nullable ConditionalRequest condition;
  private final String firstMethod;
  private final Duration maxTime;
  private final CallObserver observer;
  private final CallEvents events;
  private final ResourceWait resources;
  private final HttpUrl origin;
  private final long startEpochMillis;
  private final HttpUrl url;
  private final Message message;
  private final @Nullable Hop hop;
  private final AttemptCookies cookies;
  private final ResendPolicy resend = new ResendPolicy();
  private BodyReader body;
  private @Nullable TextPrefix text;
  private SavedBody stored = SavedBody.NOTHING;
  private @Nullable Outcome outcome;
  private @Nullable Recording recording;
  private @Nullable HoldBack holdBack;
  private volatile @Nullable Call current;
  private volatile @Nullable FailureKind cancelled;

  Transfer(FetchRequest request, Context context) {
    this.context = context;
    this.entry = request;
    boolean robots = request.robots();
    this.firstMethod = robots ? "GET" : request.method(context.settings().request().method());
    BodySink bodies =
        robots || firstMethod.equals("HEAD") ? null : context.collaborators().bodies();
    this.receiver = bodies == null ? null : new BodyReceiver(bodies, request);
    this.condition =
        ConditionalRequest.of(context.collaborators().preconditions(), context.requests(), request);
    this.maxTime = context.maxTime(request);
    this.hop = request.hop();
    this.cookies = new AttemptCookies(robots ? null : context.collaborators().cookies(), hop);
    this.startEpochMillis =
        hop == null ? context.clock().epochMillis() : hop.timings().startEpochMillis();
    this.observer = new CallObserver(context.clients());
    Duration connectTimeout = context.settings().limits().connectTimeout();
    Timings before = hop == null ? new Timings(startEpochMillis, 0, 0, 0, 0, 0) : hop.timings();
    this.events = new CallEvents(context.current(), observer, connectTimeout.toNanos(), before);
    this.resources = new ResourceWait(context.clients(), connectTimeout);
    this.origin = HttpUrlParser.urlOf(request.target());
    this.url = HttpUrlParser.urlOf(request.requested());
    this.message =
        robots ? Message.ROBOTS : Message.of(request, firstMethod, context.settings().request());
    this.body = newBody();
  }

  private BodyReader newBody() {
    text = entry.robots() ? new TextPrefix() : null;
    return new BodyReader(
        context.blocks(),
        entry.robots() || context.settings().request().compressed(),
        entry.robots() ? Long.MAX_VALUE : context.settings().limits().maxFilesize(),
        this::isOver,
        text);
  }

  @Nullable Call first() {
    return next();
  }

  /** Ends the attempt, now or as soon as it begins. */
  void cancel(FailureKind reason) {
    cancelled = reason;
    hangUp();
    resources.cancel();
  }

  /** Handles a response and returns the next call, null if there is none. */
  @Nullable Call next(Response arrived) {
    resources.sufficed();
    try {
      cookies.take(arrived, context.clock().epochMillis());
      holdBack = RetryAfter.of(arrived, context.clock().epochMillis());
      boolean startsOver = receiver != null && receiver.startsOver(arrived);
      Redirect redirect =
          startsOver
              ? null
              : Redirect.of(arrived, entry, message.method(), context.settings().request());
      if (redirect != null) {
        archiveUnread(arrived);
        outcome = new Outcome.Redirected(status(), hop(redirect, arrived));
        return null;
      }
      if (condition != null && condition.holds(arrived)) {
        body.read(arrived, null, 0);
        archive(arrived, null);
        outcome = new Outcome.Unchanged();
        return null;
      }
      if (!startsOver) {
        receive(arrived);
        archive(arrived, null);
        outcome = new Outcome.Responded(status());
        return null;
      }
      archiveUnread(arrived);
      arrived.close();
      resend.reset();
      return next();
    } catch (IOException e) {
      boolean again = startsOver(e);
      fail(arrived, e);
      hangUp();
      return again ? next() : null;
    }
  }

  private Hop hop(Redirect redirect, Response arrived) {
    boolean recorded = context.collaborators().details().redirects();
    Timings timings = events.timings(startEpochMillis);
    return redirect.hop(arrived, entry, cookies.after(arrived), timings, recorded, peer().ip());
  }

  private Attempt.Peer peer() {
    return Addresses.peer(
        context.settings().network().unixSocket() == null ? events.remote() : null);
  }

  private void receive(Response arrived) throws IOException {
    if (receiver != null) {
      stored = receiver.receive(arrived, body, url);
      return;
    }
    if (isForHead()) {
      skip(arrived);
      return;
    }
    body.read(arrived, null, 0);
    if (body.isCut()) {
      hangUp();
    }
  }

  /** Whether this GET replaces a HEAD that the server refused. */
  private boolean isForHead() {
    return firstMethod.equals("HEAD") && message.method().equals("GET");
  }

  private void skip(Response arrived) {
    if (recording == null) {
      UnwantedBody.skip(arrived, this::hangUp);
    } else {
      recording.readOn(arrived, remainingNanos(), this::hangUp);
    }
  }

  private void archive(Response response, @Nullable FailureKind failure) throws FailedTransfer {
    if (recording != null) {
      if (failure != null && Recording.isLeftUnread(failure, response)) {
        recording.readOn(response, remainingNanos(), this::hangUp);
      }
      ArchivedResponse place = recording.finish(response, failure);
      stored = place == null ? stored : stored.withArchived(place);
    }
  }

  private void archiveUnread(Response arrived) throws IOException {
    if (recording != null) {
      recording.readOn(arrived, remainingNanos(), this::hangUp);
      if (isOver()) {
        throw new IOException("the body of a redirect was too slow");
      }
      archive(arrived, null);
    }
  }

  /** Releases everything after a bug, the connection first. */
  void abandon() {
    drop();
    if (receiver != null) {
      receiver.end();
    }
    if (recording != null) {
      recording.close();
    }
  }

  /** Drops the call in flight, and closes its connection to other calls. */
  void drop() {
    events.drop();
    hangUp();
  }

  private void hangUp() {
    Call call = current;
    if (call != null) {
      call.cancel();
    }
  }

  /** Handles a failure and returns the next call, null if there is none. */
  @Nullable Call next(IOException failure) {
    if (!isOver()
        && resend.isDue(failure, message.method(), events)
        && resources.pause(Math.min(resend.pauseNanos(), remainingNanos()))) {
      return next();
    }
    if (ConnectExhaustion.isBehind(failure, events.remote())
        && resources.awaitMore(events.elapsed(), remainingNanos())) {
      return next();
    }
    if (!isOver()
        && resend.offersMore(failure, url, message.method(), events, context.clients().http2())) {
      return next();
    }
    boolean again = startsOver(failure);
    fail(events.response(), failure);
    return again ? next() : null;
  }

  private boolean startsOver(IOException failure) {
    if (receiver == null || cancelled != null) {
      return false;
    }
    if (isOver() || events.wasTooSlow()) {
      receiver.timedOut(events.phase(), body.delivered());
      return false;
    }
    return receiver.startsOver(failure, events.phase(), body.delivered());
  }

  private boolean isOver() {
    return cancelled != null || remainingNanos() <= 0;
  }

  private long remainingNanos() {
    return maxTime.toNanos() - events.elapsed();
  }

  private @Nullable Call next() {
    events.begin(url);
    body = newBody();
    stored = SavedBody.NOTHING;
    ExchangeRecorder archive = context.collaborators().archive();
    recording =
        Recording.begin(
            archive == null ? null : archive.begin(entry),
            context.settings().limits().maxFilesize(),
            context.clock(),
            () -> isOver() || events.wasTooSlow());
    observer.begin(recording);
    try {
      FailedTransfer unusable =
          AttemptDns.unusable(url.host(), url.port(), context.settings().network());
      if (unusable != null) {
        throw unusable;
      }
      if (remainingNanos() <= 0) { // the earlier requests of the entry used up the time
        throw FailureClassifier.timeout(events.phase(), maxTime);
      }
      Request request =
          entry.robots()
              ? context.requests().buildForRobots(url, origin, events)
              : context.requests().build(url, message, origin, events);
      request = cookies.add(request, context.clock().epochMillis());
      if (receiver != null) {
        request = receiver.request(request, url);
      }
      if (condition != null) {
        request = condition.applyTo(request, url);
      }
      if (recording != null) {
        request = RecordedCalls.with(recording, request);
      }
      Call call = resend.newCall(context.client(request, origin, resend.connections()), request);
      call.timeout().timeout(Math.max(1, remainingNanos()), TimeUnit.NANOSECONDS);
      current = call;
      if (cancelled != null) {
        call.cancel();
      }
      return call;
    } catch (IOException e) {
      return fail(null, e);
    }
  }

  private @Nullable Call fail(@Nullable Response response, IOException e) {
    FailedTransfer failure = explain(e);
    try {
      if (response != null) {
        archive(response, failure.kind());
      }
    } catch (FailedTransfer unwritten) {
      failure = unwritten;
    }
    outcome =
        new Outcome.Failed(failure.kind(), failure.sentence(), status(), ExceptionMessages.text(e));
    return null;
  }

  private int status() {
    Response response = events.response();
    return response == null ? 0 : response.code();
  }

  private FailedTransfer explain(IOException e) {
    FailureKind reason = cancelled;
    if (reason != null) {
      return new FailedTransfer(reason, reason.sentence());
    }
    if (events.connectTimedOut()) {
      return FailureClassifier.timeout(
          events.phase(), context.settings().limits().connectTimeout());
    }
    SpeedLimit least = context.settings().limits().speedLimit();
    if (least != null && events.wasTooSlow()) {
      observer.timedOut();
      return FailureClassifier.tooSlow(least);
    }
    if (e instanceof FailedTransfer || remainingNanos() > 0) {
      return FailureClassifier.classify(e, events, observer.frames());
    }
    observer.timedOut();
    return FailureClassifier.timeout(events.phase(), maxTime);
  }

  /** The outcome of the attempt, once there is no next call. */
  Attempt attempt() {
    if (outcome == null) {
      throw new IllegalStateException("the attempt has not ended");
    }
    if (receiver != null) {
      receiver.end();
    }
    if (recording != null) {
      recording.close();
    }
    Response response = events.response();
    Hop reached = outcome instanceof Outcome.Redirected redirected ? redirected.hop() : hop;
    return new Attempt(
        outcome,
        new Attempt.Requests(
            isForHead() ? message.method() : firstMethod,
            reached == null ? entry.requested().url() : reached.target().url(),
            reached == null ? 0 : reached.redirects(),
            reached == null ? null : reached.last()),
        FinalResponse.of(
            response, holdBack, context.collaborators().details().headers() && !entry.robots()),
        new Attempt.Body(body.downloaded(), body.delivered(), text()),
        new Representation(stored, ConditionalRequest.validators(response)),
        peer(),
        events.timings(startEpochMillis));
  }

  private String text() {
    boolean wanted = outcome instanceof Outcome.Responded(int status) && status / 100 == 2;
    return text != null && wanted ? text.text() : "";
  }
}
