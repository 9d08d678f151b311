package fetch.cli.options;

import fetch.http.settings.ClientIdentity;
import fetch.http.settings.PublicKeyPins;
import fetch.http.settings.TlsCipher;
import fetch.http.settings.TlsOffer;
import fetch.http.settings.TlsSettings;
import fetch.http.settings.TlsVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@link NetworkOptions} for TLS. */
final class TlsOptions {
  private static final String NEWEST = "default";

  private final OptionSpec insecure =
      OptionGroup.flag("Accept any certificate.", "-k", "--insecure");
  private final OptionSpec cacert =
      NetworkOptions.file("Trust only the certificates in this PEM file.", "--cacert");
  private final OptionSpec cert =
      OptionGroup.option(
              "FILE[:PASSWORD]",
              "Use this client certificate: PEM, or PKCS #12 with its key.",
              "-E",
              "--cert")
          .converters(Converters.of(TlsOptions::certificate))
          .build();
  private final OptionSpec key =
      NetworkOptions.file("Use this private key for the client certificate, in PEM.", "--key");
  private final OptionSpec pinnedKey =
      OptionGroup.option(
              "FILE|HASHES",
              "Accept https servers with this public key only: a file in PEM or DER, or"
                  + " sha256//BASE64, several separated by semicolons.",
              "--pinnedpubkey")
          .build();
  private final OptionSpec tls12 =
      OptionGroup.flag("Use TLS 1.2 or newer, as by default.", "--tlsv1.2");
  private final OptionSpec tls13 = OptionGroup.flag("Use TLS 1.3 only.", "--tlsv1.3");
  private final OptionSpec tlsMax =
      OptionGroup.option("VERSION", "Use this version of TLS or older: 1.2 or 1.3.", "--tls-max")
          .type(TlsVersion.class)
          .converters(Converters.of(TlsOptions::version))
          .completionCandidates(() -> List.of("1.2", "1.3").iterator())
          .build();
  private final OptionSpec ciphers =
      OptionGroup.option(
              "NAMES",
              "Offer these cipher suites of TLS 1.2, by OpenSSL's names, separated by colons.",
              "--ciphers")
          .type(Object.class)
          .converters(Converters.of(TlsCipher::parse))
          .build();

  List<OptionSpec> options() {
    return List.of(insecure, cacert, cert, key, pinnedKey, tls12, tls13, tlsMax, ciphers);
  }

  private static TlsVersion version(String text) {
    return switch (text) {
      case "1.2" -> TlsVersion.TLS_1_2;
      case "1.3", NEWEST -> TlsVersion.TLS_1_3;
      case "1.0", "1.1" ->
          throw new IllegalArgumentException("TLS " + text + " is not supported; 1.2 and 1.3 are");
      default -> throw new IllegalArgumentException("'" + text + "' is not 1.2 or 1.3");
    };
  }

  /** The settings; reads the files of certificates and keys. */
  TlsSettings settings() throws IOException {
    return new TlsSettings(insecure.getValue(), authorities(), identity())
        .with(offer())
        .with(pins());
  }

  private TlsOffer offer() throws UsageException {
    boolean only13 = tls13.getValue();
    @Nullable TlsVersion most = tlsMax.getValue();
    @Nullable List<TlsCipher> chosen = ciphers.getValue();
    if (only13 && most == TlsVersion.TLS_1_2) {
      throw new UsageException("--tlsv1.3 and --tls-max=1.2 leave no version of TLS");
    }
    return new TlsOffer(
        only13 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2,
        most == null ? TlsVersion.TLS_1_3 : most,
        chosen == null ? TlsOffer.ALL.ciphers() : chosen);
  }

  private PublicKeyPins pins() throws UsageException {
    String given = pinnedKey.getValue();
    try {
      Path file = pinnedKeyFile();
      return given == null
          ? PublicKeyPins.NONE
          : file == null ? PublicKeyPins.parse(given) : PublicKeyPins.read(file);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--pinnedpubkey: " + e.getMessage());
    } catch (IOException e) {
      throw complaint("--pinnedpubkey", e);
    }
  }

  /** The file of the public key, null for none. */
  @Nullable Path pinnedKeyFile() {
    String given = pinnedKey.getValue();
    return given == null ? null : PublicKeyPins.file(given);
  }

  private java.security.@Nullable KeyStore authorities() throws IOException {
    Path file = cacert.getValue();
    try {
      return file == null ? null : TlsSettings.authorities(file);
    } catch (IOException e) {
      throw complaint("--cacert", e);
    }
  }

  boolean hasIdentity() {
    return cert.getValue() != null;
  }

  /** The client certificate and its key, null for none; reads their files. */
  @Nullable ClientIdentity identity() throws IOException {
    return identity(cert.getValue(), key.getValue());
  }

  /**
   * The client certificate and its key, null for none; reads their files.
   *
   * @param given the file, optionally with a password
   * @param keyFile null if the key is in the same file
   */
  static @Nullable ClientIdentity identity(@Nullable String given, @Nullable Path keyFile)
      throws IOException {
    if (given == null && keyFile != null) {
      throw new UsageException("--key needs --cert, the certificate that the key belongs to");
    }
    if (given == null) {
      return null;
    }
    int colon = colonBeforePassword(given);
    try {
      Path file = Converters.path(colon < 0 ? given : given.substring(0, colon));
      return ClientIdentity.read(file, keyFile, colon < 0 ? "" : given.substring(colon + 1));
    } catch (FileSystemException e) {
      boolean ofKey = keyFile != null && keyFile.toString().equals(e.getFile());
      throw complaint(ofKey ? "--key" : "--cert", e);
    } catch (IOException e) {
      throw complaint("--cert", e);
    }
  }

  /** The position of the colon before the password; -1 if there is no password. */
  private static int colonBeforePassword(String given) {
    return isFile(given) ? -1 : given.indexOf(':', driveLetter(given));
  }

  /** The file of trusted certificates, null for the default ones. */
  @Nullable Path authoritiesFile() {
    return cacert.getValue();
  }

  /** The file of the client certificate, null for none. */
  @Nullable Path certificateFile() {
    return certificateFile(cert.getValue());
  }

  /** The value of {@code --cert} unchanged; rejects one without a valid file name. */
  static String certificate(String given) {
    Path _ = certificateFile(given);
    return given;
  }

  /** The file of a certificate in the value of {@code --cert}; null for none. */
  static @Nullable Path certificateFile(@Nullable String given) {
    int colon = given == null ? -1 : colonBeforePassword(given);
    return given == null ? null : Converters.path(colon < 0 ? given : given.substring(0, colon));
  }

  /** The file of its key, null if that is in the same file. */
  @Nullable Path keyFile() {
    return key.getValue();
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The length of a Windows drive letter at the start of a path, colon included; else 0. */
  private static int driveLetter(String path) {
    return File.separatorChar == '\\' && path.matches("[A-Za-z]:[\\\\/].*") ? 2 : 0;
  }

  private static UsageException complaint(String option, IOException e) {
    return new UsageException(option + ": " + IoMessages.of(e));
  }
}
