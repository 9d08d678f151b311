package fetch.cli.options;

import fetch.http.settings.ClientIdentity;
import fetch.http.settings.ConnectTo;
import fetch.http.settings.FixedAddress;
import fetch.http.settings.LocalAddress;
import fetch.http.settings.NameServers;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.NetworkSettings.AddressFamily;
import fetch.http.settings.NetworkSettings.HttpVersion;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for TLS, proxies, addresses and HTTP versions. */
public final class NetworkOptions implements OptionGroup {
  private final TlsOptions tls = new TlsOptions();
  private final ProxyOptions proxies = new ProxyOptions();
  private final OptionSpec resolve =
      OptionGroup.option(
              "HOST:PORT:ADDR", "Use this address for a host and port. Repeatable.", "--resolve")
          .type(List.class)
          .auxiliaryTypes(FixedAddress.class)
          .converters(Converters.of(FixedAddress::parse))
          .build();
  private final OptionSpec dnsServers =
      OptionGroup.option(
              "ADDRESS[:PORT],...",
              "Look names up at these DNS servers. Default: the operating system.",
              "--dns-servers")
          .type(NameServers.class)
          .converters(Converters.of(NameServers.Dns::parse))
          .build();
  private final OptionSpec dohUrl =
      OptionGroup.option("URL", "Look names up by DNS over HTTPS at this URL.", "--doh-url")
          .type(NameServers.class)
          .converters(Converters.of(NameServers.Doh::parse))
          .build();
  private final OptionSpec connectTo =
      OptionGroup.option(
              "HOST1:PORT1:HOST2:PORT2",
              "Connect to HOST2:PORT2 for URLs with HOST1:PORT1. An empty part stands for any, or"
                  + " for the URL's own. Repeatable.",
              "--connect-to")
          .type(List.class)
          .auxiliaryTypes(ConnectTo.class)
          .converters(Converters.of(ConnectTo::parse))
          .build();
  private final OptionSpec localAddress =
      OptionGroup.option(
              "NAME",
              "Connect from this network interface, address or host name of this machine.",
              "--interface")
          .type(LocalAddress.class)
          .converters(Converters.of(LocalAddress::parse))
          .build();
  private final OptionSpec ipv4 = OptionGroup.flag("Use IPv4 addresses only.", "-4", "--ipv4");
  private final OptionSpec ipv6 = OptionGroup.flag("Use IPv6 addresses only.", "-6", "--ipv6");
  private final OptionSpec http11 = OptionGroup.flag("Use HTTP/1.1 only.", "--http1.1");
  private final OptionSpec http2 =
      OptionGroup.flag(
          "Offer HTTP/2 to every https host. Default: only to hosts with three or more requests in"
              + " flight.",
          "--http2");
  private final OptionSpec priorKnowledge =
      OptionGroup.flag("Use HTTP/2 without negotiation for http URLs.", "--http2-prior-knowledge");
  private final OptionSpec unixSocket =
      file("Connect to this Unix domain socket instead of the host.", "--unix-socket");
  private final OptionSpec denyPrivate =
      OptionGroup.flag(
          "Refuse private, loopback, link-local and metadata addresses, also after"
              + " redirects. Names that a proxy resolves are not checked.",
          "--deny-private");

  static OptionSpec file(String description, String name) {
    return OptionGroup.option("FILE", description, name)
        .type(Path.class)
        .converters(Converters.of(Converters::path))
        .build();
  }

  @Override
  public String heading() {
    return "Network";
  }

  @Override
  public List<OptionSpec> options() {
    List<OptionSpec> all = new ArrayList<>(tls.options());
    all.addAll(proxies.options());
    all.addAll(
        List.of(
            resolve,
            dnsServers,
            dohUrl,
            connectTo,
            localAddress,
            ipv4,
            ipv6,
            http11,
            http2,
            priorKnowledge,
            unixSocket,
            denyPrivate));
    return all;
  }

  /** The settings; reads the files that certificates come from. */
  public NetworkSettings settings(Map<String, String> environment) throws IOException {
    ProxyRules rules = proxies.rules(environment);
    return new NetworkSettings(
        tls.settings(),
        rules,
        routes(),
        family(),
        version(),
        unixSocket.getValue(),
        deniesPrivate());
  }

  private Routes routes() throws UsageException {
    @Nullable List<FixedAddress> fixed = resolve.getValue();
    @Nullable List<ConnectTo> targets = connectTo.getValue();
    return new Routes(
        fixed == null ? List.of() : fixed,
        targets == null ? List.of() : targets,
        nameServers(),
        localAddress.getValue());
  }

  private @Nullable NameServers nameServers() throws UsageException {
    @Nullable NameServers dns = dnsServers.getValue();
    @Nullable NameServers doh = dohUrl.getValue();
    if (dns != null && doh != null) {
      throw new UsageException("--dns-servers and --doh-url cannot be combined");
    }
    return dns == null ? doh : dns;
  }

  public boolean hasIdentity() {
    return tls.hasIdentity();
  }

  /** The client certificate and its key, null for none; reads their files. */
  public @Nullable ClientIdentity identity() throws IOException {
    return tls.identity();
  }

  /** The file of trusted certificates, null for the default ones. */
  public @Nullable Path authoritiesFile() {
    return tls.authoritiesFile();
  }

  /** The file of the client certificate, null for none. */
  public @Nullable Path certificateFile() {
    return tls.certificateFile();
  }

  /** The file of its key, null if that is in the same file. */
  public @Nullable Path keyFile() {
    return tls.keyFile();
  }

  /** The file of the servers' public key, null for none. */
  public @Nullable Path pinnedKeyFile() {
    return tls.pinnedKeyFile();
  }

  /** The socket to connect to, null for none. */
  public @Nullable Path socketFile() {
    return unixSocket.getValue();
  }

  /** The files with header fields for proxies. */
  public List<Path> proxyHeaderFiles() throws UsageException {
    return proxies.headerFiles();
  }

  private AddressFamily family() throws UsageException {
    boolean only4 = ipv4.getValue();
    boolean only6 = ipv6.getValue();
    AddressFamily family =
        only4 == only6 ? AddressFamily.ANY : only4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
    @Nullable LocalAddress local = localAddress.getValue();
    return local == null ? family : family(family, local);
  }

  /** The address families that can be reached from a local address. */
  private static AddressFamily family(AddressFamily wanted, LocalAddress local)
      throws UsageException {
    boolean has4 = local.ipv4() != null;
    boolean has6 = local.ipv6() != null;
    return switch (wanted) {
      case ANY -> has4 == has6 ? wanted : has4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
      case IPV4, IPV6 -> {
        if (wanted == AddressFamily.IPV4 ? !has4 : !has6) {
          throw new UsageException("--interface has no " + wanted.label() + " address");
        }
        yield wanted;
      }
    };
  }

  private boolean deniesPrivate() throws UsageException {
    boolean denies = denyPrivate.getValue();
    if (denies && unixSocket.getValue() != null) {
      throw new UsageException("--deny-private and --unix-socket cannot be combined");
    }
    return denies;
  }

  private HttpVersion version() throws UsageException {
    boolean only11 = http11.getValue();
    boolean negotiated = http2.getValue();
    boolean known = priorKnowledge.getValue();
    if (only11 && (negotiated || known)) {
      throw new UsageException("--http1.1 and --http2 cannot be combined");
    }
    if (only11) {
      return HttpVersion.HTTP_1_1;
    }
    HttpVersion overTls = negotiated ? HttpVersion.NEGOTIATED : HttpVersion.ADAPTIVE;
    return known ? HttpVersion.HTTP_2_PRIOR_KNOWLEDGE : overTls;
  }
}
