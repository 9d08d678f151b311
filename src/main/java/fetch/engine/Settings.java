package fetch.engine;

import fetch.ByHost;
import fetch.HeaderLine;
import fetch.frontier.Politeness;
import fetch.frontier.RetryPolicy;
import fetch.frontier.StatusSet;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.RequestSettings;
import fetch.http.settings.RequestSettings.Action;
import fetch.http.settings.TlsSettings;
import fetch.robots.RobotsReader;
import fetch.strategy.StrategyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an engine. Immutable; the {@code with} methods return a copy. {@link #DEFAULTS}
 * is the only place that states defaults; the command line's help prints them from there.
 *
 * @param concurrency threads and requests in flight
 * @param request what each request looks like
 * @param limits what one request may take
 * @param network how servers are reached
 * @param politeness limits that protect hosts
 * @param retries which requests are retried, and when
 * @param accepted the status codes that count as success
 */
public record Settings(
    Concurrency concurrency,
    RequestSettings request,
    AttemptLimits limits,
    NetworkSettings network,
    Politeness politeness,
    RetryPolicy retries,
    StatusSet accepted) {

  /**
   * 16 virtual threads; GET with compression, 20 redirects, User-Agent {@code fetch/VERSION}; 10 s
   * to connect, 30 s for a request, bodies of any size; the runtime's certificates, no proxy,
   * HTTP/2 to busy https hosts; as many requests to a host as workers, and no requests to a host
   * after ten failures in a row; two retries of GET and HEAD with 1 s of back-off, none later than
   * 2 minutes after the first attempt; 200 to 399 are success.
   */
  public static final Settings DEFAULTS =
      new Settings(
          new Concurrency(StrategyKind.VIRTUAL, 16),
          new RequestSettings(
              "GET",
              List.of(),
              "fetch/" + Release.number(),
              RequestSettings.Secrets.NONE,
              null,
              true,
              20),
          new AttemptLimits(
              Duration.ofSeconds(10), Duration.ofSeconds(30), Long.MAX_VALUE, null, 0),
          new NetworkSettings(
              new TlsSettings(false, null, null),
              new ProxyRules(null, null, Map.of()),
              List.of(),
              AddressFamily.ANY,
              HttpVersion.ADAPTIVE,
              null,
              false),
          new Politeness(Integer.MAX_VALUE, null, null, true),
          new RetryPolicy(
              2,
              Duration.ofSeconds(1),
              Duration.ofMinutes(2),
              false,
              () -> ThreadLocalRandom.current().nextDouble()),
          StatusSet.parse("200-399"));

  /** Sets the most requests in flight. */
  public Settings withWorkers(int workers) {
    return with(new Concurrency(concurrency.strategy(), workers));
  }

  /** Lets the number of requests in flight follow the throughput, up to 1,024. */
  public Settings withAutoWorkers() {
    return with(Concurrency.adaptive(concurrency.strategy()));
  }

  /**
   * Sets the kind of thread.
   *
   * @throws IllegalArgumentException for serial with an adaptive number of workers
   */
  public Settings withStrategy(StrategyKind strategy) {
    return with(new Concurrency(strategy, concurrency.workers(), concurrency.adaptive()));
  }

  /** Sets the most requests in flight to one host. */
  public Settings withPerHost(int perHost) {
    return withPoliteness(perHost, politeness.robots());
  }

  /** Obeys robots.txt (RFC 9309), by the product token of the User-Agent. */
  public Settings withRobots() {
    return withPoliteness(politeness.perHost(), new RobotsReader(request.sentUserAgent()));
  }

  private Settings withPoliteness(int perHost, @Nullable RobotsReader robots) {
    return with(
        new Politeness(
            perHost,
            politeness.rate(),
            politeness.perHostRate(),
            politeness.breaker(),
            robots,
            politeness.hosts(),
            politeness.mostAdapted()));
  }

  /** Sets the request method, such as {@code HEAD} (RFC 9110, section 9). */
  public Settings withMethod(String method) {
    return withRequest(request.action().withMethod(method), request.headers());
  }

  /** Adds a header field to each request; it replaces fetch's own field of that name. */
  public Settings withHeader(String name, String value) {
    List<HeaderLine> headers = new ArrayList<>(request.headers());
    headers.add(new HeaderLine(name, value));
    return withRequest(request.action(), List.copyOf(headers));
  }

  private Settings withRequest(Action action, List<HeaderLine> headers) {
    return with(
        new RequestSettings(
            action,
            headers,
            request.userAgent(),
            request.secrets(),
            request.range(),
            request.compressed(),
            request.maxRedirs()));
  }

  /** Sets the time limit of an attempt, from its start to the last byte. */
  public Settings withMaxTime(Duration maxTime) {
    return with(
        new AttemptLimits(
            limits.connectTimeout(),
            maxTime,
            limits.maxFilesize(),
            limits.speedLimit(),
            limits.bytesPerSecond()));
  }

  /** Sets the most retries of an entry; 0 for none. */
  public Settings withRetries(int most) {
    return with(
        new RetryPolicy(
            most,
            retries.delay(),
            retries.maxTime(),
            retries.allErrors(),
            retries.statuses(),
            retries.random()));
  }

  /**
   * Adds settings of single hosts, by pattern: {@code api.example.org}, or {@code *.example.org}
   * for all names below it. If several patterns match a host, an exact one takes precedence, then
   * the longest.
   */
  public Settings withHosts(Map<String, HostSettings> hosts) {
    ByHost<HostSettings> byHost = HostSettings.byHost(hosts);
    RequestSettings.Secrets secrets =
        request.secrets().withHosts(byHost.map(HostSettings::request));
    return with(new RequestSettings(
            request.action(),
            request.headers(),
            request.userAgent(),
            secrets,
            request.range(),
            request.compressed(),
            request.maxRedirs()))
        .with(politeness.withHosts(byHost.map(HostSettings::limits)));
  }

  public Settings with(Concurrency other) {
    return new Settings(other, request, limits, network, politeness, retries, accepted);
  }

  public Settings with(RequestSettings other) {
    return new Settings(concurrency, other, limits, network, politeness, retries, accepted);
  }

  public Settings with(AttemptLimits other) {
    return new Settings(concurrency, request, other, network, politeness, retries, accepted);
  }

  public Settings with(NetworkSettings other) {
    return new Settings(concurrency, request, limits, other, politeness, retries, accepted);
  }

  public Settings with(Politeness other) {
    return new Settings(concurrency, request, limits, network, other, retries, accepted);
  }

  public Settings with(RetryPolicy other) {
    return new Settings(concurrency, request, limits, network, politeness, other, accepted);
  }

  public Settings with(StatusSet other) {
    return new Settings(concurrency, request, limits, network, politeness, retries, other);
  }
}
