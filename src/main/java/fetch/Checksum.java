package fetch;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A hash that a body must have according to the list. The column has the name of an algorithm, or
 * {@code checksum}, in any case. The value has one of these forms:
 *
 * <ul>
 *   <li>hexadecimal digits; in {@code checksum} their number determines the algorithm
 *   <li>{@code sha256:DIGITS} or {@code sha256=DIGITS}
 *   <li>{@code DIGITS name} or {@code DIGITS *name}, as sha256sum writes it; the name is ignored
 *   <li>{@code sha256-BASE64} of Subresource Integrity, several are separated by spaces; one of
 *       those of the strongest algorithm must match (W3C SRI, section 3.3.4)
 * </ul>
 *
 * @param digests in lower-case hexadecimal digits; the body must have one of them
 */
public record Checksum(HashAlgorithm algorithm, List<String> digests) {
  /** A column whose values name the algorithm in front of the digest. */
  private static final String ANY = "checksum";

  private static final int LONGEST_NAME = 16;

  /** Thrown if a value is not a checksum. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /**
   * Reads all checksums of an entry, each of which must match.
   *
   * @throws Unreadable if a value is not a checksum
   */
  public static List<Checksum> of(@Nullable Meta meta) throws Unreadable {
    if (meta == null) {
      return List.of();
    }
    List<Checksum> all = new ArrayList<>(0);
    for (int i = 0; i < meta.names().size(); i++) {
      String column = meta.names().get(i);
      String name = normal(column);
      HashAlgorithm algorithm = named(name);
      if (algorithm != null || name.equals(ANY)) {
        String text = text(column, meta.values().get(i));
        if (!text.isEmpty()) {
          all.add(new Reading(column, text, algorithm).checksum());
        }
      }
    }
    return all;
  }

  /** Whether a body with this digest matches. */
  public boolean matches(@Nullable String digest) {
    return digest != null && digests.contains(digest);
  }

  private static String normal(String name) {
    return name.length() > LONGEST_NAME
        ? ""
        : name.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private static @Nullable HashAlgorithm named(String name) {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if (algorithm.label().equals(name)) {
        return algorithm;
      }
    }
    return null;
  }

  private static String text(String column, Meta.Value value) throws Unreadable {
    return switch (value) {
      case Meta.Value.Text(String text) -> text == null ? "" : text.strip();
      case Meta.Value.Json _ -> throw new Unreadable("its " + column + " is not a string");
    };
  }

  /**
   * Parses one value.
   *
   * @param wanted the algorithm that the column names, null for any
   */
  private record Reading(String column, String text, @Nullable HashAlgorithm wanted) {
    Checksum checksum() throws Unreadable {
      String[] words = text.split("\\s+", -1);
      if (words[0].indexOf('-') > 0 && named(before('-', words[0])) != null) {
        return integrity(words);
      }
      int separator = Math.max(words[0].indexOf(':'), words[0].indexOf('='));
      return separator < 0 ? digits(words[0]) : labelled(separator);
    }

    /** The output of sha256sum has a name after the digits. */
    private Checksum digits(String digits) throws Unreadable {
      String digest = digits.toLowerCase(Locale.ROOT);
      for (HashAlgorithm algorithm : HashAlgorithm.values()) {
        boolean fits = wanted == null || wanted == algorithm;
        if (fits && isDigest(digest, algorithm)) {
          return new Checksum(algorithm, List.of(digest));
        }
      }
      throw unreadable();
    }

    private Checksum labelled(int separator) throws Unreadable {
      HashAlgorithm algorithm = named(normal(text.substring(0, separator)));
      String digest = text.substring(separator + 1).strip().toLowerCase(Locale.ROOT);
      if (algorithm == null || !isWanted(algorithm) || !isDigest(digest, algorithm)) {
        throw unreadable();
      }
      return new Checksum(algorithm, List.of(digest));
    }

    private Checksum integrity(String[] words) throws Unreadable {
      HashAlgorithm strongest = null;
      for (String word : words) {
        HashAlgorithm algorithm = named(before('-', word));
        if (algorithm != null && (strongest == null || algorithm.compareTo(strongest) > 0)) {
          strongest = algorithm;
        }
      }
      if (strongest == null || !isWanted(strongest)) {
        throw unreadable();
      }
      List<String> digests = new ArrayList<>();
      for (String word : words) {
        if (strongest == named(before('-', word))) {
          digests.add(decoded(before('?', word.substring(word.indexOf('-') + 1)), strongest));
        }
      }
      return new Checksum(strongest, List.copyOf(digests));
    }

    private String decoded(String text, HashAlgorithm algorithm) throws Unreadable {
      String standard = text.replace('-', '+').replace('_', '/');
      try {
        String digest = HexFormat.of().formatHex(Base64.getDecoder().decode(standard));
        if (isDigest(digest, algorithm)) {
          return digest;
        }
      } catch (IllegalArgumentException e) {
        // Not Base64.
      }
      String digest = text.toLowerCase(Locale.ROOT);
      if (isDigest(digest, algorithm)) {
        return digest;
      }
      throw unreadable();
    }

    private boolean isWanted(HashAlgorithm algorithm) {
      return wanted == null || wanted == algorithm;
    }

    private static String before(char end, String word) {
      int at = word.indexOf(end);
      return at < 0 ? word : word.substring(0, at);
    }

    private static boolean isDigest(String text, HashAlgorithm algorithm) {
      return text.length() == algorithm.digits() && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private Unreadable unreadable() {
      String what =
          wanted == null
              ? "a hash of md5, sha1, sha256, sha512 or blake3"
              : wanted.digits() + " hexadecimal digits";
      String shown = text.length() > 150 ? text.substring(0, 150) + "…" : text;
      return new Unreadable("its " + column + " is not " + what + ": '" + shown + "'");
    }
  }
}
