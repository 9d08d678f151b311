package fetch.http.dns;

import fetch.http.settings.NameServers;
import fetch.http.settings.NetworkSettings.AddressFamily;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Creates the name services that replace the operating system's. */
public final class NameServices {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private NameServices() {}

  /**
   * The service of name servers. As in curl, DNS servers come after the file of hosts, and a DoH
   * server does not know it.
   *
   * @param family of addresses to look up
   * @param client for DoH
   */
  public static NameService of(
      NameServers servers, AddressFamily family, Supplier<OkHttpClient> client) {
    return switch (servers) {
      case NameServers.Dns dns ->
          new DnsNames(new DnsServers(dns.servers(), PATIENCE), family, HostsFile.ofSystem());
      case NameServers.Doh doh ->
          new DnsNames(new DohServer(client.get(), doh.url()), family, null);
    };
  }
}
