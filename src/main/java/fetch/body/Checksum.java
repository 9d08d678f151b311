package fetch.body;

import fetch.FetchRequest;
import fetch.HashAlgorithm;
import fetch.Meta;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a list says that the hash of a body is.
 *
 * @param digest in small hexadecimal digits
 */
record Checksum(HashAlgorithm algorithm, String digest) {
  /** A column in which every algorithm may stand, in front of its digest. */
  private static final String ANY = "checksum";

  /**
   * What the list says of an entry under the name of an algorithm, or under {@code checksum}:
   * {@code sha256:DIGITS}, or the digits alone where their number tells the algorithm. Null when it
   * says nothing; digits that can be of no hash are nobody's.
   */
  static @Nullable Checksum of(FetchRequest request) {
    Meta meta = request.meta();
    if (meta == null) {
      return null;
    }
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      String digest = text(meta, algorithm.label());
      if (!digest.isEmpty()) {
        return new Checksum(algorithm, digest);
      }
    }
    String any = text(meta, ANY);
    return any.isEmpty() ? null : parse(any);
  }

  private static String text(Meta meta, String name) {
    return meta.value(name) instanceof Meta.Value.Text(String text) && text != null
        ? text.strip().toLowerCase(Locale.ROOT)
        : "";
  }

  private static Checksum parse(String text) {
    int separator = Math.max(text.indexOf(':'), text.indexOf('='));
    String digest = text.substring(separator + 1).strip();
    String name = separator < 0 ? "" : text.substring(0, separator).strip().replace("-", "");
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      boolean named = algorithm.label().equals(name);
      if (named || (separator < 0 && algorithm.digits() == digest.length())) {
        return new Checksum(algorithm, digest);
      }
    }
    return new Checksum(HashAlgorithm.SHA256, text);
  }
}
