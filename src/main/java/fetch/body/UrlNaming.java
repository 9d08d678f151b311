package fetch.body;

import fetch.FetchRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names files after host, port and path of the URL. A name that does not identify its URL contains
 * a short hash of it.
 */
final class UrlNaming implements FileNaming {
  static final String INDEX = "index.html";

  /** Longer paths are reduced to their last component; systems allow 4096 bytes. */
  private static final int MOST_BYTES = 1024;

  private final FileSystemTraits traits;

  UrlNaming(FileSystemTraits traits) {
    this.traits = traits;
  }

  @Override
  public FileName name(
      FetchRequest request, @Nullable String contentType, Supplier<@Nullable String> disposition) {
    UrlParts url = UrlParts.of(request);
    return name(url, host(url) + "/");
  }

  @Override
  public boolean needsResponse() {
    return false;
  }

  /** The host, and the port unless it is the default of https. */
  String host(UrlParts url) {
    String host = url.target().host();
    String name = host.indexOf(':') < 0 ? SafeName.of(host) : "[" + host + "]";
    boolean usual = url.target().port() == 443 && url.scheme().equals("https");
    String whole = usual ? name : name + ":" + url.target().port();
    return SafeName.cut(whole, SafeName.MOST_BYTES).replace(':', traits.portSeparator());
  }

  /**
   * The name below a directory.
   *
   * @param directory with a trailing slash, or empty
   */
  FileName name(UrlParts url, String directory) {
    String[] segments = url.path().isEmpty() ? new String[] {"", ""} : url.path().split("/", -1);
    StringBuilder directories = new StringBuilder(directory);
    boolean plain = url.common();
    for (int i = 1; i < segments.length - 1; i++) {
      plain &= isPlain(segments[i]) && !segments[i].isEmpty();
      String name = segments[i].isEmpty() ? "_" : SafeName.of(UrlParts.decode(segments[i]));
      directories.append(SafeName.cut(name, SafeName.MOST_BYTES)).append('/');
    }
    String last = segments[segments.length - 1];
    plain &= isPlain(last) && !last.equals(INDEX);
    String file = last.isEmpty() ? INDEX : SafeName.of(UrlParts.decode(last));
    plain &= SafeName.fits(file) && !SafeName.looksMarked(file);
    boolean deep = SafeName.length(directories + file) > MOST_BYTES;
    String way = deep ? directory : directories.toString();
    FileName name = new FileName(way, file, url.url(), false);
    return plain && !deep ? name : name.distinct();
  }

  /** Whether the name of a segment is unique to it. */
  private boolean isPlain(String segment) {
    if (SafeName.isUsual(segment)) {
      return traits.caseSensitive() || isSmall(segment);
    }
    String text = UrlParts.decode(segment);
    return UrlParts.isUsualSpelling(segment, text)
        && (traits.caseSensitive() || isSmall(text))
        && (segment.isEmpty() || SafeName.fits(SafeName.of(text)));
  }

  private static boolean isSmall(String text) {
    return text.chars().allMatch(c -> c < 0x80 && (c < 'A' || c > 'Z'));
  }
}
