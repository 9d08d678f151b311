package fetch.http;

import fetch.Attempt;
import fetch.Clock;
import fetch.Content;
import fetch.FetchRequest;
import fetch.HeaderLine;
import fetch.Outcome;
import fetch.Preconditions;
import fetch.Target;
import fetch.body.BodySink;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Descriptors;
import fetch.http.dns.NameService;
import fetch.http.settings.AttemptLimits;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.ConnectTo;
import fetch.http.settings.CredentialScope;
import fetch.http.settings.FixedAddress;
import fetch.http.settings.LocalAddress;
import fetch.http.settings.NameServers;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.PublicKeyPins;
import fetch.http.settings.RequestSettings;
import fetch.http.settings.RequestSettings.Credentials;
import fetch.http.settings.Routes;
import fetch.http.settings.SpeedLimit;
import fetch.http.settings.TlsLibrary;
import fetch.http.settings.TlsOffer;
import fetch.http.settings.TlsSettings;
import fetch.http.url.HttpUrlParser;
import fetch.input.TargetParser.Parsed;
import fetch.warc.Archive;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Makes exchanges with the settings that fetch has by default, apart from what a test changes. */
public final class Exchanges {
  private Content content;
  private String method = "GET";
  private final List<HeaderLine> headers = new ArrayList<>();
  private Credentials credentials;
  private String cookie;
  private String range;
  private CredentialScope scope = CredentialScope.ALL;
  private boolean compressed = true;
  private int maxRedirs = 20;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration maxTime = Duration.ofSeconds(30);
  private long maxFilesize = Long.MAX_VALUE;
  private SpeedLimit speedLimit;
  private boolean insecure;
  private KeyStore authorities;
  private ClientIdentity identity;
  private TlsLibrary library = TlsLibrary.NATIVE;
  private TlsOffer offer = TlsOffer.ALL;
  private PublicKeyPins pins = PublicKeyPins.NONE;
  private Consumer<String> log = message -> {};
  private ProxyRules proxies = new ProxyRules("", null, Map.of());
  private final List<FixedAddress> fixed = new ArrayList<>();
  private final List<ConnectTo> connectTo = new ArrayList<>();
  private LocalAddress local;
  private NameServers nameServers;
  private long bytesPerSecond;
  private AddressFamily family = AddressFamily.ANY;
  private HttpVersion version = HttpVersion.NEGOTIATED;
  private Path unixSocket;
  private boolean denyPrivate;
  private int workers = 16;
  private BodySink bodies;
  private Preconditions preconditions;
  private Archive archive;
  private Descriptors descriptors = Descriptors.ofThisProcess();
  private NameService names =
      host -> {
        throw new UnknownHostException(host);
      };

  public static Exchanges byDefault() {
    return new Exchanges();
  }

  public Exchanges method(String name) {
    method = name;
    return this;
  }

  Exchanges content(Content sent) {
    content = sent;
    return this;
  }

  public Exchanges header(String name, String value) {
    headers.add(new HeaderLine(name, value));
    return this;
  }

  public Exchanges user(String userAndPassword) {
    credentials = Credentials.parse(userAndPassword);
    return this;
  }

  public Exchanges cookie(String value) {
    cookie = value;
    return this;
  }

  Exchanges credentialsFor(String hosts) {
    scope = CredentialScope.parse(hosts);
    return this;
  }

  Exchanges credentialsForUrl(String url) {
    scope = CredentialScope.ofUrls(List.of(url));
    return this;
  }

  Exchanges range(String value) {
    range = value;
    return this;
  }

  public Exchanges uncompressed() {
    compressed = false;
    return this;
  }

  Exchanges maxRedirs(int most) {
    maxRedirs = most;
    return this;
  }

  public Exchanges connectTimeout(Duration limit) {
    connectTimeout = limit;
    return this;
  }

  public Exchanges maxTime(Duration limit) {
    maxTime = limit;
    return this;
  }

  public Exchanges maxFilesize(long bytes) {
    maxFilesize = bytes;
    return this;
  }

  public Exchanges speedLimit(long bytesPerSecond, Duration time) {
    speedLimit = new SpeedLimit(bytesPerSecond, time);
    return this;
  }

  Exchanges insecure() {
    insecure = true;
    return this;
  }

  Exchanges trusting(KeyStore certificates) {
    authorities = certificates;
    return this;
  }

  Exchanges identity(ClientIdentity own) {
    identity = own;
    return this;
  }

  Exchanges library(TlsLibrary whose) {
    library = whose;
    return this;
  }

  Exchanges tls(TlsOffer versionsAndCiphers, PublicKeyPins keys) {
    offer = versionsAndCiphers;
    pins = keys;
    return this;
  }

  Exchanges log(Consumer<String> reader) {
    log = reader;
    return this;
  }

  Exchanges proxies(ProxyRules rules) {
    proxies = rules;
    return this;
  }

  public Exchanges proxy(String proxy) {
    return proxies(new ProxyRules(proxy, null, Map.of()));
  }

  Exchanges resolve(String rule) {
    fixed.add(FixedAddress.parse(rule));
    return this;
  }

  Exchanges connectTo(String rule) {
    connectTo.add(ConnectTo.parse(rule));
    return this;
  }

  Exchanges over(NameServers others, LocalAddress source) {
    nameServers = others;
    local = source;
    return this;
  }

  Exchanges limitRate(long most) {
    bytesPerSecond = most;
    return this;
  }

  Exchanges family(AddressFamily only) {
    family = only;
    return this;
  }

  public Exchanges version(HttpVersion spoken) {
    version = spoken;
    return this;
  }

  Exchanges unixSocket(Path path) {
    unixSocket = path;
    return this;
  }

  public Exchanges preconditions(Preconditions known) {
    preconditions = known;
    return this;
  }

  Exchanges bodies(BodySink sink) {
    bodies = sink;
    return this;
  }

  Exchanges archive(Archive files) {
    archive = files;
    return this;
  }

  public Exchanges denyPrivate() {
    denyPrivate = true;
    return this;
  }

  Exchanges workers(int most) {
    workers = most;
    return this;
  }

  Exchanges descriptors(Descriptors left) {
    descriptors = left;
    return this;
  }

  public Exchanges names(NameService service) {
    names = service;
    return this;
  }

  RequestSettings settings() {
    return new RequestSettings(
        new RequestSettings.Action(method, content),
        headers,
        "fetch/test",
        new RequestSettings.Secrets(credentials, cookie, scope),
        range,
        compressed,
        maxRedirs);
  }

  public OkHttpExchange build() {
    return new OkHttpExchange(
        new ExchangeSettings(
            settings(),
            new AttemptLimits(connectTimeout, maxTime, maxFilesize, speedLimit, bytesPerSecond),
            network()),
        workers,
        new DescriptorPool(descriptors),
        names,
        Clock.system(),
        new Collaborators(bodies, preconditions, archive));
  }

  private NetworkSettings network() {
    return new NetworkSettings(
        new TlsSettings(insecure, authorities, identity, offer, pins, library, log),
        proxies,
        new Routes(fixed, connectTo, nameServers, local),
        family,
        version,
        unixSocket,
        denyPrivate);
  }

  /** Makes one attempt, redirects included, and closes the exchange. */
  public Attempt fetch(String url) {
    try (OkHttpExchange exchange = build()) {
      return follow(exchange, request(url));
    }
  }

  /** Makes one attempt, and follows redirects at once as the frontier does. */
  public static Attempt follow(Exchange exchange, FetchRequest request) {
    Attempt attempt = exchange.execute(request);
    while (attempt.outcome() instanceof Outcome.Redirected redirected) {
      attempt = exchange.execute(request.at(redirected.hop()));
    }
    return attempt;
  }

  /** Makes one attempt that is expected to fail. */
  public Outcome.Failed failure(String url) {
    return failed(fetch(url));
  }

  public static Outcome.Failed failed(Attempt attempt) {
    if (attempt.outcome() instanceof Outcome.Failed failed) {
      return failed;
    }
    throw new AssertionError("expected a failure, not " + attempt);
  }

  public static FetchRequest request(String url) {
    return new FetchRequest(0, url, target(url));
  }

  private static Target target(String url) {
    return switch (new HttpUrlParser().parse(url)) {
      case Parsed.Good good -> good.target();
      case Parsed.Bad bad -> throw new IllegalArgumentException(url + ": " + bad.reason());
    };
  }

  /** The two ways to make an attempt, which must not differ. */
  public enum Way {
    EXECUTE {
      @Override
      public CompletableFuture<Attempt> start(Exchange exchange, FetchRequest request) {
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> attempt.complete(follow(exchange, request)));
        return attempt;
      }
    },
    ENQUEUE {
      @Override
      public CompletableFuture<Attempt> start(Exchange exchange, FetchRequest request) {
        CompletableFuture<Attempt> attempt = new CompletableFuture<>();
        enqueue(exchange, request, request, attempt);
        return attempt;
      }

      private void enqueue(
          Exchange exchange,
          FetchRequest request,
          FetchRequest hop,
          CompletableFuture<Attempt> whole) {
        exchange.enqueue(
            hop,
            new Exchange.Completion() {
              @Override
              public void attempted(Attempt attempt) {
                if (attempt.outcome() instanceof Outcome.Redirected redirected) {
                  enqueue(exchange, request, request.at(redirected.hop()), whole);
                } else {
                  whole.complete(attempt);
                }
              }

              @Override
              public void threw(Throwable bug) {
                whole.completeExceptionally(bug);
              }
            });
      }
    };

    public abstract CompletableFuture<Attempt> start(Exchange exchange, FetchRequest request);
  }
}
