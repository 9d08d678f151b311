package fetch.http.settings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * States how servers are reached.
 *
 * @param tls which servers to trust, and the client's certificate
 * @param proxies which proxy serves which URL
 * @param routes which addresses to connect to and from
 * @param family which IP addresses to use
 * @param httpVersion which versions of HTTP to speak
 * @param unixSocket a socket to connect to for every host, null for none
 * @param denyPrivate whether to refuse addresses outside the public Internet
 */
public record NetworkSettings(
    TlsSettings tls,
    ProxyRules proxies,
    Routes routes,
    AddressFamily family,
    HttpVersion httpVersion,
    @Nullable Path unixSocket,
    boolean denyPrivate) {

  /** Uses these addresses instead of looking names up. */
  public NetworkSettings(
      TlsSettings tls,
      ProxyRules proxies,
      List<FixedAddress> fixedAddresses,
      AddressFamily family,
      HttpVersion httpVersion,
      @Nullable Path unixSocket,
      boolean denyPrivate) {
    this(
        tls,
        proxies,
        new Routes(fixedAddresses, List.of(), null, null),
        family,
        httpVersion,
        unixSocket,
        denyPrivate);
  }

  /** Returns a copy with a log for notices to the user. */
  public NetworkSettings loggingTo(Consumer<String> log) {
    return new NetworkSettings(
        tls.loggingTo(log), proxies, routes, family, httpVersion, unixSocket, denyPrivate);
  }

  /** Which IP addresses to use. */
  public enum AddressFamily {
    ANY("IP"),
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String label;

    AddressFamily(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    /** Whether an address is of this family. */
    public boolean includes(InetAddress address) {
      return switch (this) {
        case ANY -> true;
        case IPV4 -> address instanceof Inet4Address;
        case IPV6 -> !(address instanceof Inet4Address);
      };
    }
  }

  /** Which versions of HTTP to speak. */
  public enum HttpVersion {
    /** HTTP/2 if TLS negotiates it; offered only to hosts with several requests at once. */
    ADAPTIVE,
    /** HTTP/2 if TLS negotiates it (RFC 9113, section 3.2), HTTP/1.1 otherwise. */
    NEGOTIATED,
    HTTP_1_1,
    /** HTTP/2 on cleartext connections without negotiation (RFC 9113, section 3.3). */
    HTTP_2_PRIOR_KNOWLEDGE
  }
}
