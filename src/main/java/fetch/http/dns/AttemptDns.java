package fetch.http.dns;

import fetch.FailureKind;
import fetch.http.call.CallEvents;
import fetch.http.call.ConnectExhaustion;
import fetch.http.call.CurrentCall;
import fetch.http.call.FailedTransfer;
import fetch.http.call.ProxyResolvedName;
import fetch.http.settings.ConnectTo;
import fetch.http.settings.FixedAddress;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.ProxyServer;
import fetch.http.url.Addresses;
import fetch.http.url.HostSpelling;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up for OkHttp: fixed addresses first, then the resolver. Waits no longer than the
 * call lasts. OkHttp announces each look-up to the call's {@link CallEvents} on the thread that
 * makes it, which links the two.
 */
public final class AttemptDns implements Dns {
  /**
   * EAI_AGAIN in the words of Linux, macOS and Windows: too many look-ups, or failing name servers.
   */
  private static final Pattern TEMPORARY =
      Pattern.compile("temporary (failure|error)", Pattern.CASE_INSENSITIVE);

  private final Resolver resolver;
  private final NetworkSettings network;
  private final CurrentCall current;

  /** The NAT64 of the network, null until looked up: once in a run, at the first public address. */
  private volatile @Nullable Nat64 nat64;

  public AttemptDns(Resolver resolver, NetworkSettings network, CurrentCall current) {
    this.resolver = resolver;
    this.network = network;
    this.current = current;
  }

  @Override
  public List<InetAddress> lookup(String alias) throws UnknownHostException {
    CallEvents events = current.take();
    String hostname = HostSpelling.unaliased(alias);
    if (network.unixSocket() != null) {
      return List.of(InetAddress.getLoopbackAddress());
    }
    int port = events == null ? 0 : events.port();
    if (events != null && events.proxied()) {
      return ofFamily(hostname, addresses(hostname, port, events));
    }
    ConnectTo rule = network.routes().ruleFor(hostname, port);
    if (rule != null) {
      return ofTarget(rule, hostname, events);
    }
    return events != null && proxyFor(hostname, events) == ProxyServer.Kind.SOCKS5H
        ? List.of(ProxyResolvedName.of(hostname))
        : ofServer(hostname, port, events);
  }

  /**
   * The addresses to connect to instead of those of a URL, or the name that a proxy resolves.
   *
   * @param host of the URL
   */
  public List<InetAddress> ofTarget(ConnectTo rule, String host, @Nullable CallEvents events)
      throws UnknownHostException {
    String target = rule.hostFor(host);
    ProxyServer.Kind proxy = events == null ? null : proxyFor(host, events);
    boolean looksUp = proxy != null && proxy != ProxyServer.Kind.SOCKS5;
    return looksUp && !Addresses.isLiteral(target)
        ? List.of(ProxyResolvedName.of(target))
        : ofServer(target, rule.portFor(events == null ? 0 : events.port()), events);
  }

  /**
   * The addresses to connect to.
   *
   * @param host of a URL, or the one that replaces it; may be an address
   */
  public List<InetAddress> ofServer(String host, int port, @Nullable CallEvents events)
      throws UnknownHostException {
    List<InetAddress> all =
        Addresses.isLiteral(host)
            ? List.of(InetAddress.ofLiteral(host))
            : addresses(host, port, events);
    List<InetAddress> found = ofFamily(host, all);
    return network.denyPrivate() ? publicOnes(host, found, events) : found;
  }

  private ProxyServer.@Nullable Kind proxyFor(String hostname, CallEvents events) {
    ProxyServer proxy = network.proxies().serverFor(events.isSecure(), hostname, events.port());
    return proxy == null ? null : proxy.kind();
  }

  /** An address of a proxy that OkHttp does not know of. It may also be private. */
  public InetAddress ofProxy(String host, @Nullable CallEvents events) throws UnknownHostException {
    return Addresses.isLiteral(host)
        ? InetAddress.getByName(host)
        : ofFamily(host, addresses(host, 0, events)).getFirst();
  }

  private List<InetAddress> addresses(String hostname, int port, @Nullable CallEvents events)
      throws UnknownHostException {
    for (FixedAddress fixed : network.routes().fixedAddresses()) {
      if (fixed.matches(hostname, port)) {
        return fixed.addresses();
      }
    }
    try {
      return await(hostname, events);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException known
          && known.getCause() instanceof FailedTransfer failure) {
        throw unknown(failure);
      }
      String why = explain(hostname, e.getCause());
      throw unknown(new FailedTransfer(kind(why), why));
    }
  }

  private List<InetAddress> await(String hostname, @Nullable CallEvents events)
      throws UnknownHostException, ExecutionException {
    long start = resolver.startWaiting();
    CompletableFuture<List<InetAddress>> addresses = resolver.resolve(hostname);
    if (events != null) {
      events.waitsFor(addresses);
    }
    try {
      return addresses.get();
    } catch (CancellationException e) {
      if (events != null && resolver.isKeptWaiting(hostname)) {
        events.waitedForLookup();
      }
      throw new UnknownHostException("look-up of " + hostname + " given up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("look-up of " + hostname + " interrupted");
    } finally {
      resolver.waited(start);
    }
  }

  /** The system's resolver reports its reasons as text only. */
  private static FailureKind kind(String why) {
    if (ConnectExhaustion.isSaidIn(why)) {
      return FailureKind.IO;
    }
    return TEMPORARY.matcher(why).find() ? FailureKind.DNS_TEMPORARY : FailureKind.DNS;
  }

  private static String explain(String hostname, @Nullable Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    if (message == null || message.equals(hostname)) {
      return hostname + ": no address";
    }
    return message.startsWith(hostname) ? message : hostname + ": " + message;
  }

  private List<InetAddress> ofFamily(String hostname, List<InetAddress> all)
      throws UnknownHostException {
    AddressFamily family = network.family();
    List<InetAddress> wanted = all.stream().filter(address -> family.includes(address)).toList();
    if (wanted.isEmpty()) {
      throw new UnknownHostException(hostname + ": no " + family.label() + " address");
    }
    return wanted;
  }

  /** Removes addresses outside the public Internet. Only the remaining ones are connected to. */
  private List<InetAddress> publicOnes(
      String hostname, List<InetAddress> all, @Nullable CallEvents events)
      throws UnknownHostException {
    List<InetAddress> open = new ArrayList<>();
    String why = "";
    for (InetAddress address : all) {
      String objection = objection(address, events);
      if (objection == null) {
        open.add(address);
      } else if (why.isEmpty()) {
        why = hostname + " is at " + Addresses.text(address) + ", " + objection;
      }
    }
    if (open.isEmpty()) {
      throw unknown(new FailedTransfer(FailureKind.REFUSED, why));
    }
    return open;
  }

  private @Nullable String objection(InetAddress address, @Nullable CallEvents events)
      throws UnknownHostException {
    String objection = PublicInternet.objection(address);
    return objection == null && address instanceof Inet6Address translatable
        ? nat64(events).objection(translatable)
        : objection;
  }

  /** The network's NAT64; none if the look-up fails. */
  private Nat64 nat64(@Nullable CallEvents events) throws UnknownHostException {
    Nat64 known = nat64;
    if (known == null) {
      try {
        known = Nat64.of(await(Nat64.NAME, events));
      } catch (ExecutionException e) {
        known = Nat64.NONE;
      }
      nat64 = known;
    }
    return known;
  }

  /**
   * Refuses the host of a URL when it is an IPv6 address that the network's NAT64 translates to an
   * IPv4 address that is not public. May wait for a look-up.
   */
  void refuseTranslated(String host, CallEvents events) throws IOException {
    String objection =
        network.routes().ruleFor(host, events.port()) == null
            ? objection(InetAddress.ofLiteral(host), events)
            : null;
    if (objection != null) {
      throw new FailedTransfer(FailureKind.REFUSED, host + " is " + objection);
    }
  }

  /**
   * OkHttp accepts no exception but this one from a look-up; the classified failure is its cause.
   */
  private static UnknownHostException unknown(FailedTransfer failure) {
    UnknownHostException unknown = new UnknownHostException(failure.getMessage());
    unknown.initCause(failure);
    return unknown;
  }

  /** The failure of a host that is unusable by its own text; null for others. */
  public static @Nullable FailedTransfer unusable(String host, int port, NetworkSettings network) {
    if (network.routes().ruleFor(host, port) != null) {
      return null;
    }
    if (network.family() != AddressFamily.ANY
        && Addresses.isLiteral(host)
        && !network.family().includes(InetAddress.ofLiteral(host))) {
      return new FailedTransfer(
          FailureKind.DNS, host + ": not an " + network.family().label() + " address");
    }
    String objection = network.denyPrivate() ? PublicInternet.objection(host) : null;
    return objection == null
        ? null
        : new FailedTransfer(FailureKind.REFUSED, host + " is " + objection);
  }
}
