package fetch.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes checksums in hexadecimal. */
final class Hash {
  private Hash() {}

  static String sha256(Path file) throws IOException {
    return of("SHA-256", Files.newInputStream(file));
  }

  /**
   * Reads a stream to its end and closes it.
   *
   * @param algorithm such as {@code MD5}
   */
  static String of(String algorithm, InputStream content) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(content, MessageDigest.getInstance(algorithm))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }
}
