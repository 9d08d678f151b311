package fetch.http.dns;

import fetch.FailureKind;
import fetch.HostName;
import fetch.http.call.ConnectExhaustion;
import fetch.http.call.FailedTransfer;
import fetch.http.settings.NetworkSettings.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names through the DNS itself (RFC 1035), and the hosts file if there is one. Names are
 * absolute: no search domain is added. Safe for many threads.
 */
public final class DnsNames implements NameService {
  private static final Duration LEAST_KEPT = Duration.ofSeconds(1);
  private static final Duration MOST_KEPT = Duration.ofHours(1);
  private static final int MOST_QUERIES = 8;
  private static final String LOCALHOST = "localhost";
  private static final Found LOOPBACK =
      new Found(
          List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")), MOST_KEPT);

  private final DnsTransport transport;
  private final List<RecordType> types;
  private final @Nullable HostsFile hosts;

  /**
   * @param hosts null for none
   */
  DnsNames(DnsTransport transport, AddressFamily family, @Nullable HostsFile hosts) {
    this.transport = transport;
    this.types =
        switch (family) {
          case ANY -> List.of(RecordType.A, RecordType.AAAA);
          case IPV4 -> List.of(RecordType.A);
          case IPV6 -> List.of(RecordType.AAAA);
        };
    this.hosts = hosts;
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    return find(host).addresses();
  }

  @Override
  public Found find(String host) throws UnknownHostException {
    if (host.equals(LOCALHOST) || host.endsWith("." + LOCALHOST)) { // RFC 6761, section 6.3
      return LOOPBACK;
    }
    String name = HostName.withoutDot(host);
    if (!DnsQuery.isName(name)) {
      throw failure(FailureKind.DNS, host + ": not a name that the DNS can have");
    }
    List<InetAddress> listed = hosts == null ? List.of() : hosts.addresses(name);
    return listed.isEmpty() ? query(host, name) : new Found(listed, Found.USUAL);
  }

  /** Queries a name. If a response omits the end of a chain of aliases, queries that too. */
  private Found query(String host, String name) throws UnknownHostException {
    String current = name;
    long seconds = MOST_KEPT.toSeconds();
    for (int i = 0; i < MOST_QUERIES; i++) {
      DnsAnswer answer = DnsAnswer.of(current, send(host, current));
      seconds = Math.min(seconds, answer.seconds());
      if (!answer.addresses().isEmpty()) {
        return new Found(
            answer.addresses(), Duration.ofSeconds(Math.max(LEAST_KEPT.toSeconds(), seconds)));
      }
      if (!answer.exists()) {
        throw failure(FailureKind.DNS, host + ": there is no such name (NXDOMAIN)");
      }
      if (answer.end().equals(current)) {
        throw failure(FailureKind.DNS, host + ": no address");
      }
      if (!DnsQuery.isName(answer.end())) {
        throw failure(FailureKind.DNS, host + ": an alias of a name that the DNS cannot have");
      }
      current = answer.end();
    }
    throw failure(FailureKind.DNS, host + ": too many aliases (CNAME)");
  }

  private List<DnsMessage> send(String host, String name) throws UnknownHostException {
    try {
      return transport.query(types.stream().map(type -> DnsQuery.random(name, type)).toList());
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      FailureKind kind =
          ConnectExhaustion.isSaidIn(why) ? FailureKind.IO : FailureKind.DNS_TEMPORARY;
      throw failure(kind, host + ": " + why);
    }
  }

  private static UnknownHostException failure(FailureKind kind, String sentence) {
    UnknownHostException unknown = new UnknownHostException(sentence);
    unknown.initCause(new FailedTransfer(kind, sentence));
    return unknown;
  }
}
