package fetch.cli.options;

import fetch.http.settings.CredentialScope;
import fetch.input.Source;
import fetch.input.UrlGlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which hosts receive the credentials of a run. The author of a list is often not the owner
 * of the password, so hosts must be named if there is a list.
 */
public record CredentialRule(
    CredentialOptions options,
    CookieOptions cookies,
    RequestOptions request,
    NetworkOptions network) {
  private static final int MOST_HOSTS = 1000;

  /**
   * The hosts: those of {@code --credentials-for}, or those of the URLs on the command line.
   *
   * @throws UsageException if there are credentials and a list, and no hosts are named
   */
  public CredentialScope scope(InputList list) throws IOException {
    CredentialScope named = options.credentialsFor();
    if (named != null) {
      return named;
    }
    List<String> credentials = options.given();
    if (cookies.cookies() != null) {
      credentials.add("--cookie");
    }
    credentials.addAll(request.credentials());
    if (network.hasIdentity()) {
      credentials.add("--cert");
    }
    return credentials.isEmpty() ? CredentialScope.ALL : scope(credentials, list);
  }

  private CredentialScope scope(List<String> credentials, InputList list) throws IOException {
    List<String> urls = new ArrayList<>();
    for (Source source : list.sources()) {
      switch (source) {
        case Source.BareUrl(String pattern) when list.format().glob() -> {
          UrlGlob hosts = hosts(pattern);
          if (hosts == null) {
            throw refusal(credentials, source);
          }
          for (long i = 0; i < hosts.size(); i++) {
            urls.add(hosts.at(i));
          }
        }
        case Source.BareUrl(String url) -> urls.add(url);
        case Source.ListFile _, Source.StandardInput _, Source.RemoteList _ ->
            throw refusal(credentials, source);
      }
    }
    return CredentialScope.ofUrls(urls);
  }

  /** The part of a pattern before the path; null if it is unclear or has many hosts. */
  private static @Nullable UrlGlob hosts(String pattern) {
    int path = pattern.indexOf('/', pattern.indexOf("://") + 3);
    try {
      UrlGlob hosts = UrlGlob.of(path < 0 ? pattern : pattern.substring(0, path));
      return hosts.size() > MOST_HOSTS ? null : hosts;
    } catch (IllegalArgumentException e) {
      return null; // the path has a choice, too
    }
  }

  private UsageException refusal(List<String> credentials, Source list) throws IOException {
    if (network.hasIdentity()) {
      network.identity(); // report an unreadable certificate first
    }
    return new UsageException(
        String.join(" and ", credentials)
            + (credentials.size() == 1 ? " needs" : " need")
            + " --credentials-for=HOST[,HOST...] with a list, because "
            + list.name()
            + " may name any host; --credentials-for=all trusts all of them");
  }
}
