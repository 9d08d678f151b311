package fetch.http.dns;

import fetch.http.dns.DnsMessage.DnsRecord;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Combines the responses to queries for the addresses of a name.
 *
 * @param addresses of the name at the end of the chain of aliases
 * @param end that name; the name itself if it is no alias
 * @param exists whether the name exists
 * @param seconds the least time to live of the records
 */
record DnsAnswer(List<InetAddress> addresses, String end, boolean exists, long seconds) {
  private static final int MOST_ALIASES = 16;

  DnsAnswer {
    addresses = List.copyOf(addresses);
  }

  static DnsAnswer of(String name, List<DnsMessage> responses) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    String end = name;
    boolean exists = false;
    long seconds = Long.MAX_VALUE;
    for (DnsMessage response : responses) {
      DnsAnswer one = of(name, response);
      addresses.addAll(one.addresses);
      end = one.end.equals(name) ? end : one.end;
      exists |= one.exists;
      seconds = Math.min(seconds, one.seconds);
    }
    return new DnsAnswer(List.copyOf(addresses), end, exists, seconds);
  }

  /** Records of names outside the chain are ignored. */
  private static DnsAnswer of(String name, DnsMessage response) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    String end = name;
    long seconds = Long.MAX_VALUE;
    for (int i = 0; i < MOST_ALIASES && addresses.isEmpty(); i++) {
      String next = end;
      for (DnsRecord record : response.answers()) {
        if (record.owner().equals(end)) {
          seconds = Math.min(seconds, record.seconds());
          if (record.address() == null) {
            next = record.target();
          } else {
            addresses.add(record.address());
          }
        }
      }
      if (next.equals(end)) {
        break;
      }
      end = next;
    }
    boolean exists = response.rcode() != DnsMessage.NO_SUCH_NAME;
    return new DnsAnswer(List.copyOf(addresses), end, exists, seconds);
  }
}
