package fetch.http.call;

import fetch.RootCause;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells when this machine had no more of what a connection takes: file descriptors, memory of the
 * kernel, or local ports. Time brings them back, and the host has no part in it.
 */
public final class Exhaustion {
  /** EMFILE and ENFILE, ENOBUFS, ENOMEM; as strerror has them, and getaddrinfo. */
  private static final Pattern SHORTAGE =
      Pattern.compile(
          "too many open files|no buffer space|cannot allocate memory|memory allocation failure",
          Pattern.CASE_INSENSITIVE);

  /** EADDRNOTAVAIL; Java has one exception for it, EADDRINUSE and EACCES. */
  private static final Pattern NO_ADDRESS =
      Pattern.compile("assign requested address", Pattern.CASE_INSENSITIVE);

  private Exhaustion() {}

  /**
   * Whether it is the reason why a connect failed.
   *
   * @param remote where the connection was to lead, null when unknown
   */
  public static boolean isBehind(IOException e, @Nullable InetSocketAddress remote) {
    Throwable root = RootCause.of(e);
    return isSaidIn(Causes.message(root))
        || (isWithoutAddress(root) && remote != null && hasLocalAddressFor(remote));
  }

  public static boolean isSaidIn(String message) {
    return SHORTAGE.matcher(message).find();
  }

  private static boolean isWithoutAddress(Throwable root) {
    return root instanceof BindException && NO_ADDRESS.matcher(Causes.message(root)).find();
  }

  public static String sentence(IOException e) {
    Throwable root = RootCause.of(e);
    return root instanceof BindException
        ? "no local port was free"
        : "this machine has no more resources: " + Causes.message(root);
  }

  /**
   * Whether the system has an address of its own to speak to this one from. If so, EADDRNOTAVAIL
   * means that all ports of it are taken; otherwise it means that there never was one. Connecting a
   * datagram socket finds out without sending anything.
   */
  private static boolean hasLocalAddressFor(InetSocketAddress remote) {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(remote);
      return true;
    } catch (SocketException | IllegalArgumentException e) {
      return false;
    }
  }
}
