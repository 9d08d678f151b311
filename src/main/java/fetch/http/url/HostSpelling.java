package fetch.http.url;

import java.util.function.UnaryOperator;

/**
 * Spells host names so that OkHttp accepts them. It encodes {@code mün_chen} as Punycode (RFC 3492)
 * but refuses the result, {@code xn--mn_chen-n2a}: it allows only letters, digits and hyphens in
 * labels with that prefix. In a URL, the label in Unicode means the same. Where OkHttp checks a
 * host again, only an alias passes.
 */
public final class HostSpelling {
  private static final String PREFIX = "xn--";

  /** Stands for the first letter of {@link #PREFIX} in an alias. */
  private static final char ALIAS = '!';

  private static final char ALIASED = 'x';

  private HostSpelling() {}

  /** The URL, absolute or relative, with its host in {@link #accepted} form. */
  static String inUrl(String url) {
    int slashes = url.indexOf("//");
    if (slashes < 0) {
      return url;
    }
    int end = slashes + 2;
    while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int start = Math.max(slashes + 2, url.lastIndexOf('@', end - 1) + 1);
    return url.substring(0, start) + accepted(url.substring(start, end)) + url.substring(end);
  }

  /**
   * The host, with or without a port. Labels in Punycode with an underscore or a tilde become
   * Unicode.
   */
  public static String accepted(String host) {
    return respelled(host, HostSpelling::inUnicode);
  }

  /**
   * The host, in lower case, under a name that OkHttp does not check further. No host in a URL has
   * an exclamation mark, so aliases are unique.
   */
  public static String alias(String host) {
    return respelled(host, label -> ALIAS + label.substring(1));
  }

  /** The host of an {@link #alias}; any other host unchanged. */
  public static String unaliased(String host) {
    return host.replace(ALIAS, ALIASED);
  }

  /** The host with each label that OkHttp may refuse spelled differently. */
  private static String respelled(String host, UnaryOperator<String> spelling) {
    if (host.indexOf('_') < 0 && host.indexOf('~') < 0) {
      return host;
    }
    StringBuilder spelled = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= host.length(); i++) {
      if (i == host.length() || host.charAt(i) == '.' || host.charAt(i) == ':') {
        String label = host.substring(start, i);
        spelled.append(mayBeRefused(label) ? spelling.apply(label) : label);
        spelled.append(host, i, Math.min(i + 1, host.length()));
        start = i + 1;
      }
    }
    return spelled.toString();
  }

  private static boolean mayBeRefused(String label) {
    return label.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        && (label.indexOf('_') >= 0 || label.indexOf('~') >= 0);
  }

  /** The label in Unicode; unchanged if it turns out not to be Punycode. */
  private static String inUnicode(String label) {
    try {
      return Punycode.decoded(label.substring(PREFIX.length()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return label;
    }
  }
}
