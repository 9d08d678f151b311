package fetch.http.boringssl;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The cipher suites that BoringSSL is given, the best first; those of TLS 1.3 it always has. */
public enum BoringSslCipher {
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

  private final String nativeName;

  BoringSslCipher(String nativeName) {
    this.nativeName = nativeName;
  }

  /** As BoringSSL is given them. */
  static String list() {
    return Arrays.stream(values())
        .map(cipher -> cipher.nativeName)
        .filter(name -> !name.startsWith("TLS_"))
        .collect(Collectors.joining(":"));
  }

  /** The registered name of the one that BoringSSL names so. */
  static String name(String nativeName) {
    for (BoringSslCipher cipher : values()) {
      if (cipher.nativeName.equals(nativeName)) {
        return cipher.name();
      }
    }
    return nativeName;
  }

  public static String[] names() {
    return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
  }
}
