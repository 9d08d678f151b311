package fetch.http.url;

import fetch.HostName;
import fetch.input.HostKey;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Which hosts stay together when a list is divided among processes. Safe for many threads. */
public enum HostGroup implements HostKey {
  /** Each host is a group. */
  HOST {
    @Override
    public String of(String host) {
      return host;
    }
  },

  /**
   * The hosts of a registrable domain by the public suffix list: {@code a.example.co.uk} and {@code
   * b.example.co.uk} are {@code example.co.uk}. An address, a name without a dot and a public
   * suffix are each a group. A trailing dot is ignored.
   */
  DOMAIN {
    @Override
    public String of(String host) {
      String name = HostName.withoutDot(host);
      if (name.indexOf('.') < 0 || name.indexOf(':') >= 0 || Ipv4Literal.endsInNumber(name)) {
        return name;
      }
      String domain = registrable(name);
      return domain == null ? name : domain;
    }
  };

  private static @Nullable String registrable(String name) {
    try {
      return new HttpUrl.Builder().scheme("http").host(name).build().topPrivateDomain();
    } catch (IllegalArgumentException e) {
      return null; // OkHttp does not accept this host a second time: it is a group of its own
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
