package fetch.http.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The cipher suites that BoringSSL has, the best first, by their registered names. */
public enum TlsCipher {
  TLS_AES_128_GCM_SHA256("TLS_AES_128_GCM_SHA256"),
  TLS_AES_256_GCM_SHA384("TLS_AES_256_GCM_SHA384"),
  TLS_CHACHA20_POLY1305_SHA256("TLS_CHACHA20_POLY1305_SHA256"),
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256("ECDHE-ECDSA-AES128-GCM-SHA256"),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384("ECDHE-ECDSA-AES256-GCM-SHA384"),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256("ECDHE-ECDSA-CHACHA20-POLY1305"),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256("ECDHE-RSA-AES128-GCM-SHA256"),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384("ECDHE-RSA-AES256-GCM-SHA384"),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256("ECDHE-RSA-CHACHA20-POLY1305"),
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA("ECDHE-ECDSA-AES128-SHA"),
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA("ECDHE-ECDSA-AES256-SHA"),
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA("ECDHE-RSA-AES128-SHA"),
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA("ECDHE-RSA-AES256-SHA"),
  TLS_RSA_WITH_AES_128_GCM_SHA256("AES128-GCM-SHA256"),
  TLS_RSA_WITH_AES_256_GCM_SHA384("AES256-GCM-SHA384"),
  TLS_RSA_WITH_AES_128_CBC_SHA("AES128-SHA"),
  TLS_RSA_WITH_AES_256_CBC_SHA("AES256-SHA");

  /** All cipher suites of TLS 1.2. */
  static final List<TlsCipher> CHOSEN_BY_DEFAULT =
      Arrays.stream(values()).filter(cipher -> !cipher.isOfTls13()).toList();

  private final String openSslName;

  TlsCipher(String openSslName) {
    this.openSslName = openSslName;
  }

  /** The name in OpenSSL and BoringSSL. */
  public String openSslName() {
    return openSslName;
  }

  private boolean isOfTls13() {
    return openSslName.startsWith("TLS_");
  }

  /**
   * Parses names of OpenSSL's, or registered ones, separated by colons, commas or spaces. Only
   * suites of TLS 1.2 can be chosen.
   *
   * @throws IllegalArgumentException when a name is unknown
   */
  public static List<TlsCipher> parse(String list) {
    List<TlsCipher> chosen = new ArrayList<>();
    for (String name : list.strip().split("[:,\\s]+", -1)) {
      TlsCipher cipher = of(name);
      if (!chosen.contains(cipher)) {
        chosen.add(cipher);
      }
    }
    return chosen;
  }

  private static TlsCipher of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (TlsCipher cipher : values()) {
      if (cipher.openSslName.equals(upper) || cipher.name().equals(upper)) {
        if (cipher.isOfTls13()) {
          throw new IllegalArgumentException(
              "'" + name + "' is of TLS 1.3, whose cipher suites cannot be chosen");
        }
        return cipher;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + name
            + "' is not one of "
            + CHOSEN_BY_DEFAULT.stream().map(c -> c.openSslName).collect(Collectors.joining(", ")));
  }

  /** The registered name of a cipher suite, by its name in BoringSSL. */
  public static String registeredName(String openSslName) {
    for (TlsCipher cipher : values()) {
      if (cipher.openSslName.equals(openSslName)) {
        return cipher.name();
      }
    }
    return openSslName;
  }

  public static String[] names() {
    return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
  }
}
