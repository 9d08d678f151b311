package fetch.cli;

import fetch.cli.options.CredentialOptions;
import fetch.cli.options.NetworkOptions;
import fetch.cli.options.RequestOptions;
import fetch.cli.options.UsageException;
import fetch.http.settings.CredentialScope;
import fetch.input.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which hosts receive the credentials of a run. The author of a list is often not the owner
 * of the password, so that with a list the hosts have to be named.
 */
record CredentialRule(CredentialOptions options, RequestOptions request, NetworkOptions network) {
  /**
   * The hosts: those of {@code --credentials-for}, or those of the URLs on the command line.
   *
   * @throws UsageException when there are credentials and a list, and no hosts are named
   */
  CredentialScope scope(List<Source> sources) throws IOException {
    CredentialScope named = options.credentialsFor();
    if (named != null) {
      return named;
    }
    List<String> credentials = options.given();
    credentials.addAll(request.credentials());
    if (network.hasIdentity()) {
      credentials.add("--cert");
    }
    return credentials.isEmpty() ? CredentialScope.ALL : scope(credentials, sources);
  }

  private CredentialScope scope(List<String> credentials, List<Source> sources) throws IOException {
    List<String> urls = new ArrayList<>();
    for (Source source : sources) {
      switch (source) {
        case Source.BareUrl(String url) -> urls.add(url);
        case Source.ListFile _, Source.StandardInput _ -> throw refusal(credentials, source);
      }
    }
    return CredentialScope.ofUrls(urls);
  }

  private UsageException refusal(List<String> credentials, Source list) throws IOException {
    if (network.hasIdentity()) {
      network.identity(); // a certificate that cannot be read is the greater mistake
    }
    return new UsageException(
        String.join(" and ", credentials)
            + (credentials.size() == 1 ? " needs" : " need")
            + " --credentials-for=HOST[,HOST...] with a list, because "
            + list.name()
            + " may name any host; --credentials-for=all trusts all of them");
  }
}
