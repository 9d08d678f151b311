package fetch.http.cookie;

import fetch.http.cookie.StoredCookie.CookieKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that servers have set (RFC 6265bis, sections 5.7 and 5.8). A cookie is sent only to
 * its own hosts and paths, and none may be set for a public suffix. Holds up to 180 cookies of a
 * domain and 3,000 in all: the least recently sent ones are dropped first. Safe for many threads.
 */
public final class CookieJar {
  static final int MOST_OF_DOMAIN = 180;
  static final int MOST = 3000;

  private static final Comparator<Kept> LONGEST_PATH_FIRST =
      (one, other) -> {
        int lengths =
            Integer.compare(
                other.cookie().key().path().length(), one.cookie().key().path().length());
        return lengths == 0 ? Long.compare(one.created(), other.created()) : lengths;
      };

  /**
   * @param created a number that counts up
   */
  private record Kept(StoredCookie cookie, long created) {}

  /** In the order in which they were set or sent. */
  private final LinkedHashMap<CookieKey, Kept> all = new LinkedHashMap<>(16, 0.75f, true);

  /** By domain, also in the order in which they were set or sent. */
  private final Map<String, LinkedHashMap<CookieKey, Kept>> domains = new HashMap<>();

  private long count;
  private int secure;

  /**
   * Stores the Set-Cookie fields of a response.
   *
   * @param url that was requested
   * @param now milliseconds since the Unix epoch
   */
  public void store(List<String> fields, HttpUrl url, long now) {
    for (String field : fields) {
      StoredCookie cookie = SetCookieField.parse(field, url, now);
      if (cookie != null) {
        store(cookie, url.isHttps(), now);
      }
    }
  }

  /** Stores a cookie, unless it would shadow one that is sent over https only (step 17). */
  private synchronized void store(StoredCookie cookie, boolean overHttps, long now) {
    if (overHttps || cookie.secure() || !coversSecure(cookie.key())) {
      put(cookie, now);
    }
  }

  private boolean coversSecure(CookieKey key) {
    return secure > 0
        && all.values().stream()
            .map(Kept::cookie)
            .anyMatch(other ->
                other.secure()
                    && other.key().name().equals(key.name())
                    && (Domains.matches(other.key().domain(), key.domain())
                        || Domains.matches(key.domain(), other.key().domain()))
                    && StoredCookie.matchesPath(key.path(), other.key().path()));
  }

  /** Stores a cookie in place of one with the same name, domain and path. */
  synchronized void put(StoredCookie cookie, long now) {
    Kept before = remove(cookie.key());
    if (cookie.isExpired(now)) {
      return;
    }
    Kept kept = new Kept(cookie, before == null ? count++ : before.created());
    all.put(cookie.key(), kept);
    LinkedHashMap<CookieKey, Kept> ofDomain =
        domains.computeIfAbsent(cookie.key().domain(), _ -> new LinkedHashMap<>(4, 0.75f, true));
    ofDomain.put(cookie.key(), kept);
    secure += cookie.secure() ? 1 : 0;
    if (ofDomain.size() > MOST_OF_DOMAIN) {
      remove(leastUseful(ofDomain.values(), now));
    }
    if (all.size() > MOST) {
      remove(all.firstEntry().getKey());
    }
  }

  /** The cookie to drop: an expired one, else the least recently used, insecure ones first. */
  private static CookieKey leastUseful(Collection<Kept> ofDomain, long now) {
    Kept worst = null;
    for (Kept kept : ofDomain) {
      if (kept.cookie().isExpired(now)) {
        return kept.cookie().key();
      }
      if (worst == null || (worst.cookie().secure() && !kept.cookie().secure())) {
        worst = kept;
      }
    }
    return worst == null ? ofDomain.iterator().next().cookie().key() : worst.cookie().key();
  }

  private @Nullable Kept remove(CookieKey key) {
    Kept kept = all.remove(key);
    LinkedHashMap<CookieKey, Kept> ofDomain = domains.get(key.domain());
    if (kept != null && ofDomain != null) {
      secure -= kept.cookie().secure() ? 1 : 0;
      ofDomain.remove(key);
      if (ofDomain.isEmpty()) {
        domains.remove(key.domain());
      }
    }
    return kept;
  }

  /**
   * The value of the Cookie field for a URL, empty if no cookies match.
   *
   * @param now milliseconds since the Unix epoch
   */
  public String header(HttpUrl url, long now) {
    List<Kept> matching = matching(url, now);
    StringBuilder value = new StringBuilder();
    for (Kept kept : matching) {
      value.append(value.isEmpty() ? "" : "; ").append(kept.cookie().pair());
    }
    return value.toString();
  }

  private synchronized List<Kept> matching(HttpUrl url, long now) {
    if (all.isEmpty()) {
      return List.of();
    }
    String host = Domains.of(url);
    List<Kept> matching = new ArrayList<>();
    boolean isAddress = Domains.isAddress(host);
    for (String domain = host; !domain.isEmpty(); domain = isAddress ? "" : Domains.above(domain)) {
      Map<CookieKey, Kept> ofDomain = domains.get(domain);
      for (Kept kept : ofDomain == null ? List.<Kept>of() : ofDomain.values()) {
        if (!kept.cookie().isExpired(now) && kept.cookie().isFor(url, domain.equals(host))) {
          matching.add(kept);
        }
      }
    }
    matching.sort(LONGEST_PATH_FIRST);
    matching.forEach(kept -> touch(kept.cookie().key()));
    return matching;
  }

  private void touch(CookieKey key) {
    Map<CookieKey, Kept> ofDomain = domains.get(key.domain());
    if (all.get(key) != null && ofDomain != null) {
      ofDomain.get(key);
    }
  }

  /** The cookies that have not expired, in the order in which they were set. */
  synchronized List<StoredCookie> cookies(long now) {
    return all.values().stream()
        .filter(kept -> !kept.cookie().isExpired(now))
        .sorted((one, other) -> Long.compare(one.created(), other.created()))
        .map(Kept::cookie)
        .toList();
  }

  /** Omits the secrets. */
  @Override
  public String toString() {
    return "CookieJar";
  }
}
