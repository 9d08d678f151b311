package fetch.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host name; may block for as long as it likes. */
public interface NameService {
  /** At least one address. */
  List<InetAddress> lookup(String host) throws UnknownHostException;

  /** The operating system's. */
  static NameService system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
