package fetch.cli.options;

import fetch.HeaderLine;
import fetch.http.settings.ProxyRules;
import fetch.http.settings.RequestSettings.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@link NetworkOptions} for proxies. */
final class ProxyOptions {
  private static final HeaderLines HEADER_LINES = new HeaderLines("--proxy-header");

  private final OptionSpec proxy =
      OptionGroup.option(
              "[SCHEME://]HOST[:PORT]",
              "Use this http, socks5 or socks5h proxy; socks5h looks names up itself. Default:"
                  + " http_proxy, https_proxy or all_proxy from the environment.",
              "-x",
              "--proxy")
          .build();
  private final OptionSpec socks5 =
      OptionGroup.option("HOST[:PORT]", "As --proxy=socks5://HOST[:PORT].", "--socks5").build();
  private final OptionSpec socks5Hostname =
      OptionGroup.option("HOST[:PORT]", "As --proxy=socks5h://HOST[:PORT].", "--socks5-hostname")
          .build();
  private final OptionSpec noproxy =
      OptionGroup.option(
              "HOSTS", "Connect to these hosts without a proxy, separated by commas.", "--noproxy")
          .build();
  private final OptionSpec proxyUser =
      OptionGroup.option("USER:PASSWORD", "Log in to the proxy.", "-U", "--proxy-user").build();
  private final OptionSpec proxyHeader =
      OptionGroup.option(
              "LINE",
              "Send this header to http proxies only, in CONNECT and in requests that they"
                  + " forward. As --header. Repeatable.",
              "--proxy-header")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .build();

  List<OptionSpec> options() {
    return List.of(proxy, socks5, socks5Hostname, noproxy, proxyUser, proxyHeader);
  }

  /** The rules; reads header files. */
  ProxyRules rules(Map<String, String> environment) throws UsageException {
    String given = given();
    try {
      ProxyRules rules = new ProxyRules(given, noproxy.getValue(), environment).with(headers());
      String login = proxyUser.getValue();
      return login == null ? rules : rules.with(Credentials.parse(login));
    } catch (IllegalArgumentException e) {
      throw new UsageException(origin(given) + ": " + e.getMessage());
    }
  }

  private @Nullable String given() throws UsageException {
    @Nullable String plain = proxy.getValue();
    @Nullable String local = prefixed("socks5://", socks5.getValue());
    @Nullable String remote = prefixed("socks5h://", socks5Hostname.getValue());
    List<String> all = Stream.of(plain, local, remote).filter(Objects::nonNull).toList();
    if (all.size() > 1) {
      throw new UsageException("only one of --proxy, --socks5 and --socks5-hostname can be given");
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  private static @Nullable String prefixed(String scheme, @Nullable String value) {
    return value == null ? null : scheme + value;
  }

  private String origin(@Nullable String given) {
    if (given == null) {
      return "the proxy in the environment";
    }
    return socks5.getValue() != null
        ? "--socks5"
        : socks5Hostname.getValue() != null ? "--socks5-hostname" : "--proxy";
  }

  private List<HeaderLine> headers() throws UsageException {
    return HEADER_LINES.of(proxyHeader.getValue());
  }

  /** The files that header fields come from. */
  List<Path> headerFiles() throws UsageException {
    return HEADER_LINES.files(proxyHeader.getValue());
  }
}
