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
 * Detects that this machine ran out of something that connections need: file descriptors, kernel
 * memory, or local ports. That passes with time, and is not the host's fault.
 */
public final class ConnectExhaustion {
  /** EMFILE, ENFILE, ENOBUFS and ENOMEM, in the words of strerror and getaddrinfo. */
  private static final Pattern SHORTAGE =
      Pattern.compile(
          "too many open files|no buffer space|cannot allocate memory|memory allocation failure",
          Pattern.CASE_INSENSITIVE);

  /** EADDRNOTAVAIL. Java throws the same exception for EADDRINUSE and EACCES. */
  private static final Pattern NO_ADDRESS =
      Pattern.compile("assign requested address", Pattern.CASE_INSENSITIVE);

  private ConnectExhaustion() {}

  /**
   * Whether a connect failed for this reason.
   *
   * @param remote where the connection was to lead, null if unknown
   */
  public static boolean isBehind(IOException e, @Nullable InetSocketAddress remote) {
    Throwable root = RootCause.of(e);
    return isSaidIn(ExceptionMessages.message(root))
        || (isWithoutAddress(root) && remote != null && hasLocalAddressFor(remote));
  }

  public static boolean isSaidIn(String message) {
    return SHORTAGE.matcher(message).find();
  }

  private static boolean isWithoutAddress(Throwable root) {
    return root instanceof BindException
        && NO_ADDRESS.matcher(ExceptionMessages.message(root)).find();
  }

  public static String sentence(IOException e) {
    Throwable root = RootCause.of(e);
    return root instanceof BindException
        ? "no local port was free"
        : "this machine has no more resources: " + ExceptionMessages.message(root);
  }

  /**
   * Whether the system has a local address for connections to this one. If so, EADDRNOTAVAIL means
   * that all ports of it are taken; otherwise there never was one. Connecting a datagram socket
   * finds out without sending anything.
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
