package fetch.http.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client certificate and its private key.
 *
 * @param store holds both
 * @param password of the key in the store
 */
public record ClientIdentity(KeyStore store, String password) {
  static final String WRONG_PASSWORD = "the password is wrong";

  private static final Set<String> USUAL_ALGORITHMS = Set.of("RSA", "EC");
  private static final String NO_PASSWORD = "";
  private static final int ASN1_SEQUENCE = 0x30;

  /**
   * Reads a PKCS #12 file (RFC 7292), or a certificate and its key in PEM (RFC 7468). Throws a
   * {@link FileSystemException} with the file and the reason if it is unusable.
   *
   * @param certFile the certificate and the chain that follows it; also the key if there is no
   *     keyFile
   * @param keyFile the key, in PKCS #8 or the older forms of OpenSSL
   * @param password of the file or the key; empty for none
   */
  public static ClientIdentity read(Path certFile, @Nullable Path keyFile, String password)
      throws IOException {
    byte[] bytes = contents(certFile);
    try {
      if (bytes[0] == ASN1_SEQUENCE) {
        ClientIdentity identity = pkcs12(certFile, bytes, password);
        if (keyFile != null) {
          throw complaint(keyFile, "the PKCS #12 file of --cert has its own key; omit --key");
        }
        return identity;
      }
      Path keySource = keyFile == null ? certFile : keyFile;
      byte[] keyBytes = keyFile == null ? bytes : contents(keyFile);
      return pem(certFile, bytes, keySource, keyBytes, password);
    } catch (GeneralSecurityException e) {
      throw complaint(certFile, "the certificate cannot be read");
    }
  }

  /** The contents of a file; fails if it is empty. */
  static byte[] contents(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw complaint(file, "is a directory");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      throw complaint(file, "the file is empty");
    }
    return bytes;
  }

  static FileSystemException complaint(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  /** Whether every TLS library supports its algorithm. */
  public boolean isOfUsualAlgorithm() throws KeyStoreException {
    for (String alias : Collections.list(store.aliases())) {
      String algorithm = store.getCertificate(alias).getPublicKey().getAlgorithm();
      if (store.isKeyEntry(alias) && !USUAL_ALGORITHMS.contains(algorithm)) {
        return false;
      }
    }
    return true;
  }

  private static ClientIdentity pkcs12(Path file, byte[] bytes, String password)
      throws FileSystemException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password.toCharArray()) != null) {
          return new ClientIdentity(store, password);
        }
      }
    } catch (UnrecoverableKeyException e) {
      throw complaint(file, wrong(password));
    } catch (IOException e) {
      boolean locked = e.getCause() instanceof UnrecoverableKeyException;
      throw complaint(file, locked ? wrong(password) : "is neither PEM nor PKCS #12");
    }
    throw complaint(file, "holds no private key");
  }

  private static String wrong(String password) {
    return password.isEmpty()
        ? "the file is encrypted; --cert=FILE:PASSWORD gives its password"
        : WRONG_PASSWORD;
  }

  private static ClientIdentity pem(
      Path file, byte[] bytes, Path keyFile, byte[] keyBytes, String password)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = certificates(file, bytes);
    if (keyFile.equals(file) && !PrivateKeyFile.isIn(bytes)) {
      throw complaint(file, "holds no private key; --key=FILE names the file that does");
    }
    PrivateKey key = new PrivateKeyFile(keyFile, password).read(keyBytes);
    if (!belongs(key, chain[0])) {
      throw complaint(keyFile, "the key does not belong to the certificate in " + file);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try {
      store.setKeyEntry("client", key, NO_PASSWORD.toCharArray(), chain);
    } catch (KeyStoreException e) {
      throw complaint(file, "each certificate must be followed by its issuer's certificate");
    }
    return new ClientIdentity(store, NO_PASSWORD);
  }

  private static Certificate[] certificates(Path file, byte[] bytes)
      throws FileSystemException, GeneralSecurityException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String certificates =
        PrivateKeyFile.KEY.matcher(text).replaceAll("").replaceAll("(?m)^.*PRIVATE KEY-----$", "");
    if (!certificates.contains("-----BEGIN ")) {
      throw complaint(file, "holds no certificate in PEM");
    }
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1)));
    if (chain.isEmpty()) {
      throw complaint(file, "holds no certificate in PEM");
    }
    return chain.toArray(new Certificate[0]);
  }

  private static boolean belongs(PrivateKey key, Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      byte[] message = Arrays.copyOf(new byte[] {1}, 16);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
