package fetch.http.url;

import fetch.Redaction;
import fetch.Target;
import fetch.input.TargetParser;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Parses URLs with OkHttp's parser, which follows the WHATWG URL standard. Safe for many threads.
 */
public final class HttpUrlParser implements TargetParser {
  /** A power of two. */
  private static final int ORIGINS = 4096;

  /** Enough for the longest host name; longer origins are not worth caching. */
  private static final int LONGEST_ORIGIN = 300;

  /** A scheme and authority as written, and the URL of the root there. */
  private record KnownOrigin(String text, HttpUrl root) {}

  /**
   * A cache of origins by hash. Lists have many URLs of each, and the host is most of the work:
   * parsing only the rest takes a third of the time.
   */
  private final @Nullable KnownOrigin[] origins = new KnownOrigin[ORIGINS];

  @Override
  public Parsed parse(String url) {
    try {
      HttpUrl parsed = parsed(url);
      if (parsed == null) {
        return new Parsed.Bad("not a URL: its host is neither a name nor an IP address");
      }
      return new Parsed.Good(targetOf(parsed));
    } catch (IllegalArgumentException e) {
      return new Parsed.Bad(reason(e));
    }
  }

  private @Nullable HttpUrl parsed(String url) {
    int path = pathOf(url);
    if (path < 0) {
      return asWritten(url, get(url));
    }
    HttpUrl root = root(url.substring(0, path));
    return root == null ? null : root.resolve(url.substring(path));
  }

  /** Where the path of a URL in plain form begins; -1 for any other form. */
  private static int pathOf(String url) {
    int authority = url.startsWith("http://") ? 7 : url.startsWith("https://") ? 8 : -1;
    if (authority < 0) {
      return -1;
    }
    int path = authority;
    while (path < url.length() && "/\\?#".indexOf(url.charAt(path)) < 0) {
      path++;
    }
    boolean plain = path > authority && path <= LONGEST_ORIGIN && url.startsWith("/", path);
    return plain && !isSlash(url, path + 1) ? path : -1;
  }

  private static boolean isSlash(String url, int position) {
    return url.startsWith("/", position) || url.startsWith("\\", position);
  }

  private @Nullable HttpUrl root(String text) {
    int slot = text.hashCode() & (ORIGINS - 1);
    KnownOrigin known = origins[slot];
    if (known != null && known.text().equals(text)) {
      return known.root();
    }
    HttpUrl root = asWritten(text, get(text + "/"));
    if (root != null) {
      origins[slot] = new KnownOrigin(text, root);
    }
    return root;
  }

  /** The URL in {@link #canonical} form; null also if its host differs from the one written. */
  private static @Nullable HttpUrl asWritten(String text, HttpUrl url) {
    return PunycodeLabels.areChanged(text, url.host()) ? null : canonical(url);
  }

  @Override
  public @Nullable String resolve(String base, String link) {
    try {
      HttpUrl resolved = resolve(get(base), link);
      return resolved == null ? null : resolved.toString();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Resolves a reference in a response (RFC 3986, section 5); null if it is invalid. */
  public static @Nullable HttpUrl resolve(HttpUrl base, String reference) {
    int path = pathOf(reference);
    if (path >= 0 && base.toString().regionMatches(0, reference, 0, path + 1)) {
      return base.resolve(reference.substring(path)); // the host was parsed and checked before
    }
    HttpUrl plain = base.resolve(reference);
    HttpUrl resolved = plain == null ? base.resolve(HostSpelling.inUrl(reference)) : plain;
    return resolved == null ? null : asWritten(reference, resolved);
  }

  /**
   * The normal form of a host in a URL: lower case, Punycode, without brackets. All spellings of a
   * name have the same one. Null if no URL may have this host.
   */
  public static @Nullable String host(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    for (int i = 0; !bracketed && i < text.length(); i++) {
      if (":@/\\?#".indexOf(text.charAt(i)) >= 0) {
        return null;
      }
    }
    String url = "http://" + text + '/';
    HttpUrl parsed = HttpUrl.parse(HostSpelling.inUrl(url));
    HttpUrl usual = parsed == null ? null : asWritten(url, parsed);
    return usual == null ? null : usual.host();
  }

  /** The target of a URL. */
  public static Target targetOf(HttpUrl url) {
    String location = url.toString();
    return new Target(
        location, Redaction.ofUrl(location), url.host(), url.port(), new ParsedUrl(url));
  }

  /** The URL of a target. */
  public static HttpUrl urlOf(Target target) {
    return target.parsed() instanceof ParsedUrl(HttpUrl url) ? url : get(target.location());
  }

  /**
   * The URL of a text that {@link #parse} accepts, or that {@link Target#location} has.
   *
   * @throws IllegalArgumentException if it is not a URL
   */
  public static HttpUrl get(String url) {
    try {
      return HttpUrl.get(url);
    } catch (IllegalArgumentException e) {
      String spelled = HostSpelling.inUrl(url);
      if (spelled.equals(url)) {
        throw e;
      }
      return HttpUrl.get(spelled);
    }
  }

  /** A URL as OkHttp parsed it. */
  private record ParsedUrl(HttpUrl url) implements Target.Parsed {}

  /**
   * The URL with an IPv4 address in its usual form. Null if the host is neither an address nor a
   * possible DNS name, such as {@code a{b}} or {@code 1.2.3.4.5} (WHATWG URL, section 3.5).
   */
  static @Nullable HttpUrl canonical(HttpUrl url) {
    String host = url.host();
    if (!Ipv4Literal.endsInNumber(host)) {
      return host.indexOf(':') >= 0 || isName(host) ? url : null;
    }
    String address = Ipv4Literal.usual(host);
    if (address == null) {
      return null;
    }
    return address.equals(host) ? url : url.newBuilder().host(address).build();
  }

  private static boolean isName(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && "-._~".indexOf(c) < 0) {
        return false;
      }
    }
    return !host.contains("xn--") || isStable(host);
  }

  /** Whether OkHttp accepts a name that it has encoded itself; if not, it throws in mid-call. */
  private static boolean isStable(String host) {
    try {
      String spelled = HostSpelling.accepted(host);
      return new HttpUrl.Builder().scheme("http").host(spelled).build().host().equals(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String reason(IllegalArgumentException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (message.startsWith("Invalid URL host")) {
      return "not a URL: its host is empty or has invalid characters";
    }
    if (message.startsWith("Invalid URL port")) {
      return "not a URL: its port is not between 1 and 65535";
    }
    return "not a URL";
  }
}
