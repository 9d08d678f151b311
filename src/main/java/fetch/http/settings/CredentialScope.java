package fetch.http.settings;

import fetch.http.url.HttpUrlParser;
import fetch.http.url.Origin;
import fetch.input.TargetParser.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * The hosts that receive the credentials of a run: {@code --user}, {@code --cookie}, Authorization
 * and Cookie by {@code --header}, and the client certificate. Immutable.
 *
 * <p>Credentials go to an entry's own origin (RFC 6454) if it is in the scope. They follow a
 * redirect to another origin only if its host is named, and never from https to http.
 */
public final class CredentialScope {
  /** Every entry's own origin. */
  public static final CredentialScope ALL = new CredentialScope(true, Set.of(), List.of());

  private static final String ALL_HOSTS = "all";

  private final boolean all;
  private final Set<Origin> origins;
  private final List<HostPattern> named;

  private CredentialScope(boolean all, Set<Origin> origins, List<HostPattern> named) {
    this.all = all;
    this.origins = origins;
    this.named = named;
  }

  /**
   * Parses {@code HOST[,HOST...]} or {@code all}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static CredentialScope parse(String text) {
    List<HostPattern> hosts = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      String host = word.strip();
      if (host.toLowerCase(Locale.ROOT).equals(ALL_HOSTS)) {
        return ALL;
      }
      hosts.add(HostPattern.parse(host));
    }
    return new CredentialScope(false, Set.of(), List.copyOf(hosts));
  }

  /** The origins of these URLs. Invalid URLs are ignored. */
  public static CredentialScope ofUrls(List<String> urls) {
    HttpUrlParser parser = new HttpUrlParser();
    Set<Origin> origins = new HashSet<>();
    for (String url : urls) {
      if (parser.parse(url) instanceof Parsed.Good good) {
        origins.add(Origin.of(HttpUrlParser.urlOf(good.target())));
      }
    }
    return new CredentialScope(false, origins, List.of());
  }

  /**
   * Whether a request may have the credentials.
   *
   * @param url the URL that is requested
   * @param entry the URL of the entry, before any redirect
   */
  public boolean covers(HttpUrl url, HttpUrl entry) {
    if (Origin.isSame(url, entry)) {
      return all || names(url) || origins.contains(Origin.of(url));
    }
    boolean downgrade = entry.isHttps() && !url.isHttps();
    return !downgrade && names(url);
  }

  /**
   * Whether a URL's host is named explicitly, not just one of {@code all} or of the command line.
   */
  public boolean names(HttpUrl url) {
    for (HostPattern host : named) {
      if (host.matches(url)) {
        return true;
      }
    }
    return false;
  }
}
