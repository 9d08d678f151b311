package fetch.http.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;

/** Looks up the addresses of a host name; may block for any time. */
public interface NameService {
  /** Returns at least one address. */
  List<InetAddress> lookup(String host) throws UnknownHostException;

  /**
   * Addresses of a host.
   *
   * @param kept for how long they may be cached
   */
  record Found(List<InetAddress> addresses, Duration kept) {
    /** For results without a time to live. */
    static final Duration USUAL = Duration.ofMinutes(1);
  }

  /**
   * Like {@link #lookup}, and for how long the addresses may be cached: a minute, unless the
   * service states a time.
   */
  default Found find(String host) throws UnknownHostException {
    return new Found(lookup(host), Found.USUAL);
  }

  /** Closes resources such as connections. */
  default void close() {}

  /** The operating system's resolver, with Java's cache. */
  static NameService system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }

  /** The operating system's resolver. Turns off Java's cache, for the whole JVM. */
  static NameService uncached() {
    return host -> {
      forgetAtOnce();
      return List.of(InetAddress.getAllByName(host));
    };
  }

  /**
   * Turns off Java's cache, because it would repeat a failure for ten seconds, and {@link Resolver}
   * has its own cache. Java reads this property before the first look-up only.
   */
  private static void forgetAtOnce() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }
}
