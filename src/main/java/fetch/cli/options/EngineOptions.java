package fetch.cli.options;

import fetch.engine.HostSettings;
import fetch.engine.Settings;
import fetch.http.settings.CredentialScope;
import fetch.http.settings.RequestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The option groups that determine the settings of the engine. */
public final class EngineOptions {
  private final StrategyOptions strategy = new StrategyOptions();
  private final PolitenessOptions politeness = new PolitenessOptions();
  private final RetryOptions retry = new RetryOptions();
  private final RequestOptions request = new RequestOptions();
  private final CredentialOptions credentials = new CredentialOptions();
  private final CookieOptions cookies = new CookieOptions();
  private final LimitOptions limits = new LimitOptions();
  private final NetworkOptions network = new NetworkOptions();
  private final SuccessOptions success = new SuccessOptions();

  /** All groups but {@link #success}, in the order of the help text. */
  public List<OptionGroup> groups() {
    return List.of(strategy, politeness, retry, request, credentials, cookies, limits, network);
  }

  public StrategyOptions strategy() {
    return strategy;
  }

  public PolitenessOptions politeness() {
    return politeness;
  }

  public RetryOptions retry() {
    return retry;
  }

  public RequestOptions request() {
    return request;
  }

  public CredentialOptions credentials() {
    return credentials;
  }

  public CookieOptions cookies() {
    return cookies;
  }

  public LimitOptions limits() {
    return limits;
  }

  public NetworkOptions network() {
    return network;
  }

  public SuccessOptions success() {
    return success;
  }

  /** Like {@link CredentialRule#scope}. */
  public CredentialScope scope(InputList list) throws IOException {
    return new CredentialRule(credentials, cookies, request, network).scope(list);
  }

  /**
   * The settings of the engine. Reads the files that options name, and standard input if needed.
   *
   * @param scope which hosts receive credentials
   * @param hosts the settings of single hosts, by their patterns
   * @param environment has the proxies, unless options set them
   * @param in standard input
   */
  public Settings settings(
      CredentialScope scope,
      Map<String, HostSettings> hosts,
      Map<String, String> environment,
      InputStream in)
      throws IOException {
    RequestSettings requests =
        request.settings(credentials.secrets(cookies.cookies(), scope, environment), in);
    return new Settings(
            strategy.concurrency(),
            requests,
            limits.limits(),
            network.settings(environment),
            politeness.politeness(requests.sentUserAgent()),
            retry.policy(),
            success.accepted())
        .withHosts(hosts);
  }
}
