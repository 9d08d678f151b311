package fetch.http.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads private keys in PEM (RFC 7468). Throws a {@link FileSystemException} if that fails. */
final class PrivateKeyFile {
  static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----(.*?)-----END [A-Z ]+-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final String ENCRYPTED_BY_OPENSSL = "Proc-Type:";
  private static final String CONVERSION = "; 'openssl pkcs8 -topk8 -v2 aes256' converts it";

  private final Path file;
  private final String password;

  /**
   * @param file the name of the file for messages
   * @param password of the key; empty for none
   */
  PrivateKeyFile(Path file, String password) {
    this.file = file;
    this.password = password;
  }

  /** Whether the contents have the label of a key. */
  static boolean isIn(byte[] contents) {
    return KEY.matcher(new String(contents, StandardCharsets.ISO_8859_1)).find();
  }

  /** Reads the first key in the contents of the file. */
  PrivateKey read(byte[] contents) throws FileSystemException {
    Matcher block = KEY.matcher(new String(contents, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw complaint("holds no private key in PEM");
    }
    String text = block.group(2);
    if (text.contains(ENCRYPTED_BY_OPENSSL)) {
      throw complaint("the key is encrypted in OpenSSL's old form" + CONVERSION);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(text);
      return switch (block.group(1)) {
        case "PRIVATE KEY" -> ofAnyAlgorithm(der);
        case "RSA PRIVATE KEY" -> ofAnyAlgorithm(Pkcs8.wrapRsa(der));
        case "EC PRIVATE KEY" -> ofAnyAlgorithm(Pkcs8.wrapEc(der));
        case "ENCRYPTED PRIVATE KEY" -> decrypt(der);
        default -> throw complaint("the key is in a form that is not supported" + CONVERSION);
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw complaint("the key is damaged, or neither RSA, EC nor Ed25519");
    }
  }

  private static PrivateKey ofAnyAlgorithm(byte[] pkcs8) throws GeneralSecurityException {
    InvalidKeySpecException last = new InvalidKeySpecException("not a PKCS #8 key");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }

  private PrivateKey decrypt(byte[] der) throws FileSystemException {
    if (password.isEmpty()) {
      throw complaint("the key is encrypted; --cert=FILE:PASSWORD gives its password");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = info.getAlgParameters();
      boolean pbes2 = parameters != null && info.getAlgName().equals("PBES2");
      String algorithm = pbes2 ? parameters.toString() : info.getAlgName();
      SecretKey secret =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
      return ofAnyAlgorithm(info.getKeySpec(cipher).getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw complaint("the key is encrypted in a form that is not supported" + CONVERSION);
    } catch (GeneralSecurityException e) {
      throw complaint(ClientIdentity.WRONG_PASSWORD);
    } catch (IOException e) {
      throw complaint("the key is damaged");
    }
  }

  private FileSystemException complaint(String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
