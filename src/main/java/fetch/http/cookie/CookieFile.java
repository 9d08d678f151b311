package fetch.http.cookie;

import fetch.file.ReplacedFile;
import fetch.http.cookie.StoredCookie.CookieKey;
import fetch.http.field.FieldBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes cookie files in Netscape's format, like curl and browser extensions. Each line
 * has domain, whether names below it are included, path, whether https only, expiry in seconds
 * since the Unix epoch (0 for a session cookie), name and value, separated by tabs. Other lines are
 * ignored, except Set-Cookie fields that name their domain.
 *
 * @param path of the file
 */
public record CookieFile(Path path) {
  private static final int MOST_BYTES = 32 << 20;
  private static final int FIELDS = 7;
  private static final String HTTP_ONLY = "#HttpOnly_";
  private static final String SET_COOKIE = "set-cookie:";
  private static final Pattern DOMAIN = Pattern.compile("(?i);\\s*domain\\s*=\\s*\\.?([^;\\s]+)");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final String HEAD =
      "# Netscape HTTP Cookie File\n# Written by fetch. These cookies may be passwords.\n\n";

  /**
   * Adds the cookies of the file to a jar. Returns their number.
   *
   * @param now milliseconds since the Unix epoch
   * @param junkSessionCookies whether to leave out those that end with the session
   */
  public int read(CookieJar jar, long now, boolean junkSessionCookies) throws IOException {
    int found = 0;
    for (String line : text().split("\r?\n", -1)) {
      StoredCookie cookie = cookie(line, now);
      if (cookie != null && !(junkSessionCookies && cookie.isOfSession())) {
        jar.put(cookie, now);
        found++;
      }
    }
    return found;
  }

  private String text() throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new FileSystemException(path.toString(), null, "is larger than 32 MiB");
      }
      String text = FieldBytes.decode(bytes);
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
  }

  private static @Nullable StoredCookie cookie(String line, long now) {
    if (line.regionMatches(true, 0, SET_COOKIE, 0, SET_COOKIE.length())) {
      return ofField(line.substring(SET_COOKIE.length()).strip(), now);
    }
    boolean httpOnly = line.startsWith(HTTP_ONLY);
    String text = httpOnly ? line.substring(HTTP_ONLY.length()) : line;
    return text.startsWith("#") ? null : ofFields(text.split("\t", -1), httpOnly);
  }

  /** Parses a Set-Cookie field. One without a domain is ignored, as it would match every host. */
  private static @Nullable StoredCookie ofField(String field, long now) {
    Matcher domain = DOMAIN.matcher(field);
    HttpUrl url = domain.find() ? HttpUrl.parse("https://" + domain.group(1) + "/") : null;
    return url == null ? null : SetCookieField.parse(field, url, now);
  }

  /** Parses a line. The path may be missing, and so may an empty value with the tab before it. */
  private static @Nullable StoredCookie ofFields(String[] fields, boolean httpOnly) {
    int at = 2;
    boolean hasPath = fields.length > at && !fields[at].matches("TRUE|FALSE");
    String path = hasPath ? fields[at++] : "/";
    int rest = FIELDS - 3;
    if (fields.length < at + rest - 1 || fields.length > at + rest) {
      return null;
    }
    boolean secure = fields[at].equalsIgnoreCase("TRUE");
    Matcher seconds = DIGITS.matcher(fields[at + 1].strip());
    String name = fields[at + 2];
    String value = fields.length < at + rest ? "" : fields[at + 3];
    boolean blank = name.isEmpty() && value.isEmpty();
    if (!seconds.lookingAt() || blank || StoredCookie.hasControl(name + value)) {
      return null;
    }
    CookieKey key = key(name, fields[0], fields[1].equalsIgnoreCase("TRUE"), path(path));
    return key == null || !suitsPrefix(key, secure)
        ? null
        : new StoredCookie(key, value, secure, httpOnly, expires(seconds.group()));
  }

  private static @Nullable CookieKey key(String name, String field, boolean below, String path) {
    HttpUrl url = HttpUrl.parse("http://" + bracketed(withoutDot(field.strip())) + "/");
    if (url == null) {
      return null;
    }
    String domain = Domains.of(url);
    boolean hostOnly = !below || Domains.isAddress(domain) || domain.indexOf('.') < 0;
    return !hostOnly && Domains.isPublicSuffix(domain)
        ? null
        : new CookieKey(name, domain, hostOnly, path);
  }

  private static String withoutDot(String domain) {
    return domain.startsWith(".") ? domain.substring(1) : domain;
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String path(String field) {
    String bare = field.replace("\"", "");
    return bare.startsWith("/") ? bare : "/";
  }

  private static boolean suitsPrefix(CookieKey key, boolean secure) {
    String name = key.name().toLowerCase(Locale.ROOT);
    boolean ofHost = name.startsWith("__host-");
    boolean prefixed = ofHost || name.startsWith("__secure-");
    return !prefixed || (secure && (!ofHost || (key.hostOnly() && key.path().equals("/"))));
  }

  private static long expires(String seconds) {
    int longest = 15;
    if (seconds.length() > longest) {
      return Long.MAX_VALUE - 1;
    }
    long number = Long.parseLong(seconds);
    return number == 0 ? StoredCookie.SESSION : number * 1000;
  }

  /**
   * Replaces the file by the cookies of a jar. Only this user may read it.
   *
   * @param now milliseconds since the Unix epoch
   */
  public void write(CookieJar jar, long now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HEAD.getBytes(StandardCharsets.UTF_8));
    List<StoredCookie> cookies = jar.cookies(now);
    for (StoredCookie cookie : cookies) {
      bytes.writeBytes(FieldBytes.of(line(cookie)));
    }
    new ReplacedFile(path, true).write(bytes.toByteArray());
  }

  private static String line(StoredCookie cookie) {
    CookieKey key = cookie.key();
    return (cookie.httpOnly() ? HTTP_ONLY : "")
        + (key.hostOnly() ? "" : ".")
        + String.join(
            "\t",
            key.domain(),
            flag(!key.hostOnly()),
            key.path(),
            flag(cookie.secure()),
            Long.toString(cookie.isOfSession() ? 0 : cookie.expires() / 1000),
            key.name(),
            cookie.value())
        + "\n";
  }

  private static String flag(boolean set) {
    return set ? "TRUE" : "FALSE";
  }
}
