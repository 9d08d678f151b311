package fetch.http.cookie;

import fetch.http.cookie.StoredCookie.CookieKey;
import fetch.http.field.FieldBytes;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Parses Set-Cookie fields (RFC 6265bis, sections 5.6 and 5.7). OkHttp parses the attributes, but
 * not the value, which it accepts in ASCII only.
 */
final class SetCookieField {
  private static final int MOST_BYTES = 4096;
  private static final int MOST_ATTRIBUTE_BYTES = 1024;
  private static final long LONGEST_MILLIS = Duration.ofDays(400).toMillis();
  private static final int MOST_DIGITS = 15;
  private static final Pattern SECONDS = Pattern.compile("-?\\d+");
  private static final String SECURE_PREFIX = "__secure-";
  private static final String HOST_PREFIX = "__host-";

  private final String name;
  private final String value;
  private final Cookie parsed;
  private final Attributes attributes;

  private SetCookieField(String name, String value, Cookie parsed, Attributes attributes) {
    this.name = name;
    this.value = value;
    this.parsed = parsed;
    this.attributes = attributes;
  }

  /**
   * The cookie that a response sets, null if it may not set it. An expired cookie removes the one
   * it replaces.
   *
   * @param now milliseconds since the Unix epoch
   */
  static @Nullable StoredCookie parse(String field, HttpUrl url, long now) {
    if (StoredCookie.hasControl(field)) {
      return null;
    }
    int semicolon = field.indexOf(';');
    String pair = semicolon < 0 ? field : field.substring(0, semicolon);
    int equals = pair.indexOf('=');
    String name = pair.substring(0, Math.max(0, equals)).strip();
    String value = pair.substring(equals + 1).strip();
    if (size(name) + size(value) > MOST_BYTES || (name.isEmpty() && value.isEmpty())) {
      return null;
    }
    Attributes attributes = new Attributes(semicolon < 0 ? "" : field.substring(semicolon + 1));
    Cookie parsed = Cookie.parse(url, "n=x" + attributes.others);
    return parsed == null
        ? null
        : new SetCookieField(name, value, parsed, attributes).cookie(url, now);
  }

  private static int size(String text) {
    return FieldBytes.of(text).length;
  }

  /** The attributes of a field, after name and value. */
  private static final class Attributes {
    private final StringBuilder others = new StringBuilder();
    private boolean hasPath;
    private @Nullable String maxAge;

    /** Ignores attributes that are too long. */
    Attributes(String text) {
      for (String attribute : text.split(";", -1)) {
        int equals = attribute.indexOf('=');
        String name = (equals < 0 ? attribute : attribute.substring(0, equals)).strip();
        String value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
        if (size(value) <= MOST_ATTRIBUTE_BYTES) {
          add(name.toLowerCase(Locale.ROOT), value, attribute);
        }
      }
    }

    private void add(String name, String value, String attribute) {
      hasPath |= name.equals("path");
      if (!name.equals("max-age")) {
        others.append(';').append(attribute);
      } else if (SECONDS.matcher(value).matches()) {
        maxAge = value;
      }
    }

    /** When the cookie expires, in milliseconds since the Unix epoch. */
    long expires(Cookie parsed, long now) {
      if (maxAge != null) {
        boolean positive = !maxAge.startsWith("-");
        long seconds =
            maxAge.length() > MOST_DIGITS ? Long.MAX_VALUE / 2000 : Long.parseLong(maxAge);
        return positive ? now + Math.min(LONGEST_MILLIS, 1000 * seconds) : 0;
      }
      return parsed.persistent()
          ? Math.min(parsed.expiresAt(), now + LONGEST_MILLIS)
          : StoredCookie.SESSION;
    }
  }

  private @Nullable StoredCookie cookie(HttpUrl url, long now) {
    String host = Domains.of(url);
    String domain = parsed.hostOnly() ? host : parsed.domain();
    boolean hostOnly = parsed.hostOnly() || (domain.equals(host) && Domains.isPublicSuffix(domain));
    if ((parsed.secure() && !url.isHttps()) || !suitsPrefix(hostOnly)) {
      return null;
    }
    return new StoredCookie(
        new CookieKey(name, domain, hostOnly, parsed.path()),
        value,
        parsed.secure(),
        parsed.httpOnly(),
        attributes.expires(parsed, now));
  }

  private boolean suitsPrefix(boolean hostOnly) {
    String start = (name.isEmpty() ? value : name).toLowerCase(Locale.ROOT);
    boolean ofHost = start.startsWith(HOST_PREFIX);
    if (!ofHost && !start.startsWith(SECURE_PREFIX)) {
      return true;
    }
    boolean rooted = hostOnly && attributes.hasPath && parsed.path().equals("/");
    return !name.isEmpty() && parsed.secure() && (!ofHost || rooted);
  }
}
