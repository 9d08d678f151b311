package fetch.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A client certificate and its private key.
 *
 * @param store holds both
 * @param password of the key in the store
 */
public record ClientIdentity(KeyStore store, String password) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----([^-]+)-----END");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final Set<String> USUAL_ALGORITHMS = Set.of("RSA", "EC");
  private static final String NO_PASSWORD = "";
  private static final int ASN1_SEQUENCE = 0x30;

  /**
   * Reads a PKCS #12 file (RFC 7292), or a certificate and its key in PEM (RFC 7468).
   *
   * @param certFile the certificate and those that follow it; also the key when there is no keyFile
   * @param keyFile the key, in PKCS #8 or the older forms of OpenSSL
   * @param password of the file or the key; empty for none
   */
  public static ClientIdentity read(Path certFile, @Nullable Path keyFile, String password)
      throws IOException {
    byte[] bytes = Files.readAllBytes(certFile);
    try {
      if (bytes.length > 0 && bytes[0] == ASN1_SEQUENCE) {
        return pkcs12(certFile, bytes, password);
      }
      Path keySource = keyFile == null ? certFile : keyFile;
      String pem = Files.readString(keySource, StandardCharsets.ISO_8859_1);
      return pem(certFile, bytes, key(keySource, pem, password));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(certFile + " is no usable client certificate: " + e.getMessage(), e);
    }
  }

  /** Whether each TLS library can use it. */
  boolean isOfUsualAlgorithm() throws KeyStoreException {
    for (String alias : Collections.list(store.aliases())) {
      String algorithm = store.getCertificate(alias).getPublicKey().getAlgorithm();
      if (store.isKeyEntry(alias) && !USUAL_ALGORITHMS.contains(algorithm)) {
        return false;
      }
    }
    return true;
  }

  private static ClientIdentity pkcs12(Path file, byte[] bytes, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), password.toCharArray());
    } catch (IOException e) {
      throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
    }
    return new ClientIdentity(store, password);
  }

  private static ClientIdentity pem(Path file, byte[] bytes, PrivateKey key)
      throws IOException, GeneralSecurityException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String certificates =
        KEY.matcher(text).replaceAll("").replaceAll("(?m)^.*PRIVATE KEY-----$", "");
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1)));
    if (chain.isEmpty()) {
      throw new IOException(file + " holds no certificate");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, NO_PASSWORD.toCharArray(), chain.toArray(new Certificate[0]));
    return new ClientIdentity(store, NO_PASSWORD);
  }

  private static PrivateKey key(Path file, String pem, String password)
      throws IOException, GeneralSecurityException {
    Matcher block = KEY.matcher(pem);
    if (!block.find()) {
      throw new IOException(file + " holds no private key that can be read");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    return switch (block.group(1)) {
      case "PRIVATE KEY" -> ofAnyAlgorithm(der);
      case "RSA PRIVATE KEY" -> ofAnyAlgorithm(Pkcs8.wrapRsa(der));
      case "EC PRIVATE KEY" -> ofAnyAlgorithm(Pkcs8.wrapEc(der));
      case "ENCRYPTED PRIVATE KEY" -> ofAnyAlgorithm(decrypt(der, password));
      default -> throw new IOException(file + " holds a key of an unknown kind");
    };
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

  private static byte[] decrypt(byte[] der, String password)
      throws IOException, GeneralSecurityException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
    String algorithm = info.getAlgName();
    if (info.getAlgParameters() != null && algorithm.equals("PBES2")) {
      algorithm = info.getAlgParameters().toString();
    }
    SecretKey key =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
    return info.getKeySpec(cipher).getEncoded();
  }
}
