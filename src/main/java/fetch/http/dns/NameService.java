package fetch.http.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;

/** Looks up the addresses of a host name; may block for as long as it likes. */
public interface NameService {
  /** At least one address. */
  List<InetAddress> lookup(String host) throws UnknownHostException;

  /**
   * Addresses of a host.
   *
   * @param kept for how long they are used without another look-up
   */
  record Found(List<InetAddress> addresses, Duration kept) {
    /** For results without a time to live. */
    static final Duration USUAL = Duration.ofMinutes(1);
  }

  /** The same, and for how long they are used: a minute, unless the service knows better. */
  default Found find(String host) throws UnknownHostException {
    return new Found(lookup(host), Found.USUAL);
  }

  /** Closes what it keeps open, such as connections. */
  default void close() {}

  /** The operating system's, with Java's cache in between. */
  static NameService system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }

  /** The operating system's. Turns off Java's cache, for the whole JVM. */
  static NameService uncached() {
    return host -> {
      forgetAtOnce();
      return List.of(InetAddress.getAllByName(host));
    };
  }

  /**
   * Keeps Java from remembering answers: it would answer with a failure for ten seconds more, and
   * {@link Resolver} has a memory of its own. Java looks at this before the first look-up only.
   */
  private static void forgetAtOnce() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }
}
