package fetch.http.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that servers may have, as curl's {@code --pinnedpubkey}. Immutable.
 *
 * @param digests the SHA-256 of each key's SubjectPublicKeyInfo (RFC 7469, section 2.4), in Base64;
 *     empty if any key is accepted
 */
public record PublicKeyPins(Set<String> digests) {
  public static final PublicKeyPins NONE = new PublicKeyPins(Set.of());

  private static final String DIGEST = "sha256//";
  private static final int DIGEST_BYTES = 32;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  public PublicKeyPins {
    digests = Set.copyOf(digests);
  }

  /** Whether any key is accepted. */
  public boolean isEmpty() {
    return digests.isEmpty();
  }

  public boolean accepts(PublicKey key) {
    return isEmpty() || digests.contains(digest(key));
  }

  /** The pin of a key, such as {@code sha256//YhKJ...=}. */
  public static String pin(PublicKey key) {
    return DIGEST + digest(key);
  }

  private static String digest(PublicKey key) {
    return digest(key.getEncoded());
  }

  private static String digest(byte[] encoded) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file that a value names, null if the value has digests. */
  public static @Nullable Path file(String value) {
    return value.startsWith(DIGEST) ? null : Path.of(value);
  }

  /**
   * Parses {@code sha256//BASE64[;sha256//BASE64]...}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static PublicKeyPins parse(String value) {
    return new PublicKeyPins(
        Stream.of(value.split(";", -1))
            .map(PublicKeyPins::parseDigest)
            .collect(Collectors.toSet()));
  }

  private static String parseDigest(String text) {
    byte[] digest = text.startsWith(DIGEST) ? decode(text.substring(DIGEST.length())) : null;
    if (digest == null || digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "'" + text + "' is not sha256// and 32 bytes in Base64, such as sha256//YhKJ...=");
    }
    return Base64.getEncoder().encodeToString(digest);
  }

  private static byte @Nullable [] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Reads a public key in PEM (RFC 7468, section 13) or DER. Throws a {@link
   * java.nio.file.FileSystemException} with the file and the reason if it is unusable.
   */
  public static PublicKeyPins read(Path file) throws IOException {
    byte[] contents = ClientIdentity.contents(file);
    Matcher pem = PEM.matcher(new String(contents, StandardCharsets.ISO_8859_1));
    byte[] encoded = pem.find() ? decode(pem.group(1)) : contents;
    if (encoded == null || !isKey(encoded)) {
      throw ClientIdentity.complaint(file, "holds no public key in PEM or DER");
    }
    return new PublicKeyPins(Set.of(digest(encoded)));
  }

  /** Whether the bytes are exactly one SEQUENCE (X.690), as a SubjectPublicKeyInfo is. */
  private static boolean isKey(byte[] der) {
    if (der.length < 4 || der[0] != 0x30) {
      return false;
    }
    int first = Byte.toUnsignedInt(der[1]);
    int length =
        switch (first) {
          case 0x81 -> 3 + Byte.toUnsignedInt(der[2]);
          case 0x82 -> 4 + (Byte.toUnsignedInt(der[2]) << 8) + Byte.toUnsignedInt(der[3]);
          default -> 2 + first;
        };
    return length == der.length;
  }
}
