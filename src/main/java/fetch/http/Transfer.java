package fetch.http;

import fetch.Attempt;
import fetch.Attempt.HoldBack;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.Onward;
import fetch.Outcome;
import fetch.OwnSettings;
import fetch.Redaction;
import fetch.Stored;
import fetch.body.BodySink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way: the calls it takes, from the first request through redirects to the last
 * byte. Whoever drives it makes each call and hands back what came, on one thread at a time, until
 * there is no next call. {@link #cancel} may come from any thread.
 */
final class Transfer {
  /** RFC 9309, section 2.3.1.2. */
  private static final int ROBOTS_REDIRECTS = 5;

  private static final long EXHAUSTED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Context context;
  private final boolean robots;
  private final @Nullable Reception reception;
  private final @Nullable Condition condition;
  private final String firstMethod;
  private final List<HeaderLine> headers;
  private final Duration maxTime;
  private final CallEvents events;
  private final HttpUrl origin;
  private final long startEpochMillis;

  private HttpUrl url;
  private String method;
  private int redirects;
  private final Resend resend = new Resend();
  private long exhaustedSince;
  private BodyReader body;
  private @Nullable KeptText text;
  private Stored stored = Stored.NOTHING;
  private @Nullable Outcome outcome;
  private @Nullable Recording recording;
  private @Nullable HoldBack holdBack;
  private final @Nullable RedirectCheck redirectCheck;
  private volatile @Nullable Call current;
  private volatile @Nullable FailureKind cancelled;
  private volatile @Nullable Thread waiter;

  Transfer(FetchRequest request, Context context) {
    this.context = context;
    this.robots = request.robots();
    this.redirectCheck = robots ? null : context.redirectCheck().get();
    OwnSettings own = request.own();
    this.firstMethod = robots ? "GET" : request.method(context.settings().method());
    BodySink bodies = robots || firstMethod.equals("HEAD") ? null : context.bodies();
    this.reception = bodies == null ? null : new Reception(bodies, request);
    this.headers = own == null ? List.of() : own.headers();
    this.condition = Condition.of(context.preconditions(), context.requests(), request);
    this.maxTime =
        own == null || own.timeout() == null ? context.limits().maxTime() : own.timeout();
    this.events =
        new CallEvents(
            context.dns(), context.clients(), context.limits().connectTimeout().toNanos());
    this.startEpochMillis = context.clock().epochMillis();
    this.origin = HttpUrlParser.urlOf(request.target());
    Onward onward = request.onward();
    this.url = onward == null ? origin : HttpUrl.get(onward.url());
    this.method = onward == null ? firstMethod : onward.method();
    this.redirects = onward == null ? 0 : onward.redirects();
    this.body = newBody();
  }

  private BodyReader newBody() {
    text = robots ? new KeptText() : null;
    return new BodyReader(
        context.blocks(),
        robots || context.settings().compressed(),
        robots ? Long.MAX_VALUE : context.limits().maxFilesize(),
        this::isOver,
        text);
  }

  /** The first call, null when there can be none. */
  @Nullable Call first() {
    return next();
  }

  /** Ends the attempt, now or as soon as it begins. */
  void cancel(FailureKind reason) {
    cancelled = reason;
    if (redirectCheck != null) {
      redirectCheck.cancel();
    }
    hangUp();
    LockSupport.unpark(waiter);
  }

  /** Takes a response in and says which call comes next, null when there is none. */
  @Nullable Call next(Response arrived) {
    exhaustedSince = 0;
    try {
      HoldBack wish = RetryAfter.of(arrived, context.clock().epochMillis());
      holdBack = wish == null ? holdBack : wish;
      Redirect redirect = redirect(arrived);
      if (redirect != null) {
        url = redirect.url();
        method = redirect.method();
      } else if (condition != null && condition.holds(arrived)) {
        body.read(arrived, null, 0);
        archive(arrived, null);
        outcome = new Outcome.Unchanged();
        return null;
      } else if (reception == null || !reception.startsOver(arrived)) {
        receive(arrived);
        archive(arrived, null);
        outcome = new Outcome.Answered(status());
        return null;
      }
      archiveUnread(arrived);
      arrived.close();
      resend.reset();
      if (redirect != null && wish != null && !robots) {
        outcome = new Outcome.Deferred(status(), new Onward(url.toString(), method, redirects));
        return null;
      }
      return next();
    } catch (IOException e) {
      boolean again = startsOver(e);
      fail(arrived, e);
      hangUp();
      return again ? next() : null;
    }
  }

  private void receive(Response arrived) throws IOException {
    if (reception != null) {
      stored = reception.receive(arrived, body, url);
      return;
    }
    body.read(arrived, null, 0);
    if (body.isCut()) {
      hangUp();
    }
  }

  private void archive(Response answer, @Nullable FailureKind failure) throws FailedTransfer {
    if (recording != null) {
      String file = recording.finish(answer, failure);
      stored = file == null ? stored : new Stored(file, stored.digests());
    }
  }

  private void archiveUnread(Response arrived) throws IOException {
    if (recording != null) {
      boolean whole = recording.readOn(arrived);
      if (!whole && (isOver() || events.wasTooSlow())) {
        throw new IOException("the body of a redirect came too slowly");
      }
      archive(arrived, whole ? null : FailureKind.PARTIAL);
    }
  }

  /** Drops what is under way, and its connection with it. */
  private void hangUp() {
    Call call = current;
    if (call != null) {
      call.cancel();
    }
  }

  private @Nullable Redirect redirect(Response arrived) throws FailedTransfer {
    int most = robots ? ROBOTS_REDIRECTS : context.settings().maxRedirs();
    if (most == RequestSettings.FOLLOW_NONE) {
      return null;
    }
    Redirect redirect = Redirect.of(arrived, method);
    if (redirect != null && redirects++ >= most) {
      redirects--;
      throw new FailedTransfer(FailureKind.TOO_MANY_REDIRECTS, "more than " + most + " redirects");
    }
    return redirect;
  }

  /** Takes a failure in and says which call comes next, null when there is none. */
  @Nullable Call next(IOException failure) {
    if (!isOver() && resend.isDue(failure, method, events) && pause(resend.pauseNanos())) {
      return next();
    }
    if (Exhaustion.isBehind(failure, events.remote()) && waitForSupplies()) {
      return next();
    }
    if (failure instanceof TlsRefusal && !isOver()) {
      return next();
    }
    boolean again = startsOver(failure);
    fail(events.answer(), failure);
    return again ? next() : null;
  }

  /**
   * Waits for this machine to have again what it ran out of, and lets go of what it can. Returns
   * whether to try again: false when there is no time left for it.
   */
  private boolean waitForSupplies() {
    if (exhaustedSince == 0) {
      exhaustedSince = events.elapsed();
    }
    long patience = context.limits().connectTimeout().toNanos();
    if (remainingNanos() <= 2 * EXHAUSTED_PAUSE_NANOS
        || events.elapsed() - exhaustedSince > patience) {
      return false;
    }
    context.clients().closeIdle();
    return pause(EXHAUSTED_PAUSE_NANOS);
  }

  /** Waits, and returns whether to go on. */
  private boolean pause(long nanos) {
    if (nanos > 0) {
      waiter = Thread.currentThread();
      if (cancelled == null) {
        LockSupport.parkNanos(Math.min(nanos, remainingNanos()));
      }
      waiter = null;
    }
    return cancelled == null;
  }

  private boolean startsOver(IOException failure) {
    return reception != null && !isOver() && reception.startsOver(failure, events.phase());
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
    stored = Stored.NOTHING;
    recording = Recording.begin(context, () -> isOver() || events.wasTooSlow());
    events.recordBy(recording);
    try {
      FailedTransfer unusable = AttemptDns.unusable(url.host(), context.network());
      if (unusable != null) {
        throw unusable;
      }
      checkRedirect();
      Request request =
          robots
              ? context.requests().buildForRobots(url, origin, events)
              : context.requests().build(url, method, origin, headers, events);
      if (reception != null) {
        request = reception.ask(request, url);
      }
      if (condition != null) {
        request = condition.ask(request, url);
      }
      OkHttpClient client = context.client(url, origin, resend.connections());
      Call call = client.newCall(request);
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

  private void checkRedirect() throws IOException {
    if (redirectCheck != null && redirects > 0) {
      events.waitsForRobots();
      redirectCheck.check(url, remainingNanos());
      events.begin(url);
    }
  }

  private @Nullable Call fail(@Nullable Response answer, IOException e) {
    FailedTransfer failure = explain(e);
    try {
      if (answer != null) {
        archive(answer, failure.kind());
      }
    } catch (FailedTransfer unwritten) {
      failure = unwritten;
    }
    outcome = new Outcome.Failed(failure.kind(), failure.sentence(), status(), String.valueOf(e));
    return null;
  }

  private int status() {
    Response answer = events.answer();
    return answer == null ? 0 : answer.code();
  }

  private FailedTransfer explain(IOException e) {
    FailureKind reason = cancelled;
    if (reason != null) {
      return new FailedTransfer(reason, reason.sentence());
    }
    if (events.connectTimedOut()) {
      return Failures.timeout(events.phase(), context.limits().connectTimeout());
    }
    SpeedLimit least = context.limits().speedLimit();
    if (least != null && events.wasTooSlow()) {
      events.timedOut();
      return new FailedTransfer(
          FailureKind.TIMEOUT,
          "less than "
              + least.bytesPerSecond()
              + " bytes a second for "
              + Failures.seconds(least.time()));
    }
    if (e instanceof FailedTransfer || remainingNanos() > 0) {
      return Failures.classify(e, events);
    }
    events.timedOut();
    return Failures.timeout(events.phase(), maxTime);
  }

  /** What the attempt came to, once there is no next call. */
  Attempt attempt() {
    if (outcome == null) {
      throw new IllegalStateException("the attempt is still under way");
    }
    if (reception != null) {
      reception.end();
    }
    if (recording != null) {
      recording.close();
    }
    Response answer = events.answer();
    InetSocketAddress remote = context.network().unixSocket() == null ? events.remote() : null;
    InetAddress ip = remote == null ? null : remote.getAddress();
    return new Attempt(
        outcome,
        firstMethod,
        Redaction.ofUrl(url.toString()),
        redirects,
        answer == null ? null : version(answer),
        answer == null ? null : FieldBytes.textOf("Content-Type", answer),
        body.downloaded(),
        body.delivered(),
        ip == null ? null : AttemptDns.text(ip),
        remote == null || ip == null ? 0 : remote.getPort(),
        events.timings(startEpochMillis),
        holdBack,
        text(),
        stored,
        Condition.validators(answer));
  }

  private String text() {
    boolean wanted = outcome instanceof Outcome.Answered(int status) && status / 100 == 2;
    return text != null && wanted ? text.text() : "";
  }

  private static String version(Response response) {
    return switch (response.protocol()) {
      case HTTP_1_0 -> "1.0";
      case HTTP_2, H2_PRIOR_KNOWLEDGE -> "2";
      case HTTP_1_1, SPDY_3, HTTP_3, QUIC -> "1.1";
    };
  }
}
