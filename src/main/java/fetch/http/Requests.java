package fetch.http;

import fetch.ByHost;
import fetch.HeaderLine;
import fetch.http.call.CallEvents;
import fetch.http.okhttp.MethodAndBody;
import fetch.http.reception.ContentCoding;
import fetch.http.reception.RequestConditions;
import fetch.http.settings.CredentialScope;
import fetch.http.settings.HostRequest;
import fetch.http.settings.Netrc;
import fetch.http.settings.RequestSettings;
import fetch.http.settings.RequestSettings.Credentials;
import fetch.http.url.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Builds the requests of a run. Safe for many threads. */
final class Requests {
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  /** Fields for an entry's own origin, which never follow a redirect to another origin. */
  private static final Set<String> OF_ORIGIN = Set.of("host", "proxy-authorization");

  private static final Set<String> WITH_BODY =
      Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT", "QUERY");

  /**
   * HTTP requires these fields (RFC 9110, sections 7.2 and 8.6), and OkHttp's engine leaves them to
   * us.
   */
  private static final String HOST = "Host";

  private static final String LENGTH = "Content-Length";
  private static final String TYPE = "Content-Type";
  private static final String ACCEPT = "Accept";
  private static final String AUTHORIZATION = "Authorization";

  private final CredentialScope scope;
  private final ByHost<HostRequest> hosts;
  private final @Nullable Netrc netrc;
  private final @Nullable Netrc netrcForRobots;
  private final Headers all;
  private final Headers withoutCredentials;
  private final Headers elsewhere;
  private final Headers elsewhereWithoutCredentials;
  private final Set<String> removed;
  private final boolean choosesAccept;

  Requests(RequestSettings settings) {
    this.scope = settings.secrets().scope();
    this.hosts = settings.secrets().hosts();
    this.netrc = settings.secrets().netrc();
    this.netrcForRobots = netrc == null ? null : netrc.withoutDefault();
    this.all = headers(settings);
    this.removed = removed(settings);
    this.choosesAccept = settings.headers().stream().anyMatch(Requests::isAccept);
    this.withoutCredentials = without(CREDENTIALS, all);
    this.elsewhere = without(OF_ORIGIN, all);
    this.elsewhereWithoutCredentials = without(CREDENTIALS, elsewhere);
  }

  private static Headers without(Set<String> names, Headers headers) {
    Headers.Builder rest = headers.newBuilder();
    for (String name : headers.names()) {
      if (isOneOf(names, name)) {
        rest.removeAll(name);
      }
    }
    return rest.build();
  }

  private static boolean isOneOf(Set<String> names, String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static Headers headers(RequestSettings settings) {
    Headers.Builder headers = new Headers.Builder();
    headers.addUnsafeNonAscii("User-Agent", settings.userAgent());
    headers.add(ACCEPT, "*/*");
    headers.add("Accept-Encoding", acceptEncoding(settings));
    headers.add("Connection", "Keep-Alive");
    String authorization = settings.secrets().authorization();
    if (authorization != null) {
      headers.addUnsafeNonAscii(AUTHORIZATION, authorization);
    }
    String cookie = settings.secrets().cookie();
    if (cookie != null) {
      headers.addUnsafeNonAscii("Cookie", cookie);
    }
    if (settings.range() != null) {
      headers.addUnsafeNonAscii("Range", "bytes=" + settings.range());
    }
    settings.headers().forEach(line -> headers.removeAll(line.name()));
    for (HeaderLine line : settings.headers()) {
      if (line.value() != null) {
        headers.addUnsafeNonAscii(line.name(), line.value());
      }
    }
    return headers.build();
  }

  private static Set<String> removed(RequestSettings settings) {
    Set<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (HeaderLine line : settings.headers()) {
      if (line.value() == null) {
        removed.add(line.name());
      }
    }
    return removed;
  }

  /** Requests ranges without compression: part of a compressed body cannot be decoded. */
  private static String acceptEncoding(RequestSettings settings) {
    boolean whole = settings.range() == null;
    return settings.compressed() && whole ? ContentCoding.ACCEPT_ENCODING : "identity";
  }

  /**
   * A request to a URL. A user and password in it, or in the netrc file, become Basic credentials
   * (RFC 7617), unless the settings have others for its host.
   *
   * @param origin the URL of the entry; a Host header and the entry's own headers go to its origin
   *     only
   * @param message the parts that come from the entry
   */
  Request build(HttpUrl url, Message message, HttpUrl origin, CallEvents events) {
    return build(url, message, origin, scope.covers(url, origin), netrc, events);
  }

  private Request build(
      HttpUrl url,
      Message message,
      HttpUrl origin,
      boolean covered,
      @Nullable Netrc logins,
      CallEvents events) {
    List<HeaderLine> wanted = message.headers();
    String method = message.method();
    boolean home = Origin.isSame(url, origin);
    List<HeaderLine> ofHost = ofHost(url, origin);
    Headers headers =
        with(home ? wanted : following(message, url, origin), with(ofHost, usual(home, covered)));
    RequestBody body = body(message);
    Request.Builder request =
        new Request.Builder()
            .url(hasLogin(url) ? url.newBuilder().username("").password("").build() : url)
            .headers(headers);
    events.attachTo(request);
    MethodAndBody.set(request, method, body);
    if (headers.get(HOST) == null && !isRemoved(HOST, wanted)) {
      request.header(HOST, hostAndPort(url));
    }
    if (body != null) {
      request.removeHeader("Transfer-Encoding").removeHeader(LENGTH);
      if (message.content() != null || !isRemoved(LENGTH, wanted)) {
        request.header(LENGTH, Long.toString(message.length()));
      }
      addType(message, headers, request);
    }
    addAccept(message, request);
    if (headers.get(AUTHORIZATION) == null
        && !isRemoved(AUTHORIZATION, ofHost)
        && !isRemoved(AUTHORIZATION, wanted)) {
      Credentials login = login(url, origin, logins);
      if (login != null) {
        request.header(AUTHORIZATION, login.basic());
      }
    }
    return request.build();
  }

  /** The user and password for a URL: from the URL, or from the netrc file. */
  private static @Nullable Credentials login(HttpUrl url, HttpUrl origin, @Nullable Netrc logins) {
    HttpUrl own = Origin.isSame(url, origin) && !hasLogin(url) ? origin : url;
    Credentials inUrl = hasLogin(own) ? new Credentials(own.username(), own.password()) : null;
    boolean downgrade = origin.isHttps() && !url.isHttps();
    return logins == null || downgrade ? inUrl : logins.credentials(url.host(), inUrl);
  }

  private static @Nullable RequestBody body(Message message) {
    if (message.content() != null) {
      return new RequestContent(message.content());
    }
    return WITH_BODY.contains(message.method()) ? RequestBody.EMPTY : null;
  }

  /** Adds the Content-Type, unless the user sets one. */
  private void addType(Message message, Headers headers, Request.Builder request) {
    String type = message.content() == null ? null : message.content().type();
    if (type != null && headers.get(TYPE) == null && !isRemoved(TYPE, message.headers())) {
      request.header(TYPE, type);
    }
  }

  /** Adds the Accept field, after redirects too, unless the user sets one. */
  private void addAccept(Message message, Request.Builder request) {
    String accept = message.accept();
    if (accept == null || choosesAccept) {
      return;
    }
    if (message.headers().stream().noneMatch(Requests::isAccept)) {
      request.header(ACCEPT, accept);
    }
  }

  private static boolean isAccept(HeaderLine line) {
    return line.name().equalsIgnoreCase(ACCEPT);
  }

  private Headers usual(boolean home, boolean covered) {
    if (home) {
      return covered ? all : withoutCredentials;
    }
    return covered ? elsewhere : elsewhereWithoutCredentials;
  }

  /**
   * The entry's own headers that follow a redirect to another origin: those that remove a field,
   * the content type if content goes along, and those without secrets if the host only moves to
   * https.
   */
  private static List<HeaderLine> following(Message message, HttpUrl url, HttpUrl origin) {
    List<HeaderLine> wanted = message.headers();
    if (wanted.isEmpty()) {
      return wanted;
    }
    boolean upgrade = isUpgrade(origin, url);
    return wanted.stream()
        .filter(line ->
            line.value() == null
                || (message.content() != null && line.name().equalsIgnoreCase(TYPE))
                || (upgrade
                    && !isOneOf(CREDENTIALS, line.name())
                    && !isOneOf(OF_ORIGIN, line.name())))
        .toList();
  }

  private static boolean isUpgrade(HttpUrl from, HttpUrl to) {
    return from.host().equals(to.host())
        && !from.isHttps()
        && to.isHttps()
        && from.port() == HttpUrl.defaultPort(from.scheme())
        && to.port() == HttpUrl.defaultPort(to.scheme());
  }

  private static Headers with(List<HeaderLine> wanted, Headers usual) {
    if (wanted.isEmpty()) {
      return usual;
    }
    Headers.Builder headers = usual.newBuilder();
    wanted.forEach(line -> headers.removeAll(line.name()));
    for (HeaderLine line : wanted) {
      if (line.value() != null) {
        headers.addUnsafeNonAscii(line.name(), line.value());
      }
    }
    return headers.build();
  }

  private boolean isRemoved(String name, List<HeaderLine> wanted) {
    boolean isRemoved = removed.contains(name);
    for (HeaderLine line : wanted) {
      isRemoved = line.name().equalsIgnoreCase(name) ? line.value() == null : isRemoved;
    }
    return isRemoved;
  }

  /**
   * Whether the user sets or removes conditional headers.
   *
   * @param wanted by the entry itself
   */
  boolean hasConditions(List<HeaderLine> wanted) {
    return RequestConditions.FIELDS.stream()
        .anyMatch(name ->
            all.get(name) != null
                || removed.contains(name)
                || wanted.stream().anyMatch(line -> line.name().equalsIgnoreCase(name)));
  }

  /**
   * A request for the whole of a robots.txt, whatever the options for entries. It has credentials
   * only if its host is named.
   */
  Request buildForRobots(HttpUrl url, HttpUrl origin, CallEvents events) {
    boolean covered = scope.names(url) && scope.covers(url, origin);
    Request.Builder request =
        build(url, Message.ROBOTS, origin, covered, netrcForRobots, events).newBuilder();
    RequestConditions.FIELDS.forEach(request::removeHeader);
    return request.build();
  }

  /** The fields for a host; none after a redirect from https to http, which is not encrypted. */
  private List<HeaderLine> ofHost(HttpUrl url, HttpUrl origin) {
    boolean downgrade = origin.isHttps() && !url.isHttps();
    return downgrade ? List.of() : hosts.of(url.host()).headers();
  }

  /** Whether the server may receive the user's certificate if it requests one. */
  boolean mayIdentify(HttpUrl url, HttpUrl origin) {
    return scope.covers(url, origin);
  }

  private static String hostAndPort(HttpUrl url) {
    String host = url.host().indexOf(':') < 0 ? url.host() : '[' + url.host() + ']';
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    return usual ? host : host + ':' + url.port();
  }

  private static boolean hasLogin(HttpUrl url) {
    return !url.username().isEmpty() || !url.password().isEmpty();
  }
}
