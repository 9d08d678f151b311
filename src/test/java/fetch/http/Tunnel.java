package fetch.http;

import java.io.IOException;
import java.net.Socket;

/** Passes bytes between two sockets, both ways, until both ends are done. */
public final class Tunnel {
  private Tunnel() {}

  public static void join(Socket one, Socket other) throws IOException {
    try (one;
        other) {
      Thread back = Thread.ofVirtual().start(() -> pump(other, one));
      pump(one, other);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One end is gone; the other will see it.
    }
  }
}
