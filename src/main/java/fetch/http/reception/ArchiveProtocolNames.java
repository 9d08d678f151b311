package fetch.http.reception;

import okhttp3.CipherSuite;
import okhttp3.Protocol;
import okhttp3.TlsVersion;

/** Maps protocols and cipher suites to the names for archives that the IIPC proposes. */
final class ArchiveProtocolNames {
  private ArchiveProtocolNames() {}

  static String of(Protocol protocol) {
    return switch (protocol) {
      case HTTP_1_0 -> "http/1.0";
      case HTTP_2 -> "h2";
      case H2_PRIOR_KNOWLEDGE -> "h2c";
      default -> "http/1.1";
    };
  }

  static String of(TlsVersion version) {
    return switch (version) {
      case TLS_1_3 -> "tls/1.3";
      case TLS_1_2 -> "tls/1.2";
      case TLS_1_1 -> "tls/1.1";
      case TLS_1_0 -> "tls/1.0";
      case SSL_3_0 -> "ssl/3";
    };
  }

  /** The name in the IANA registry; for some, Java uses SSL's name. */
  static String of(CipherSuite suite) {
    return suite.javaName().replaceFirst("^SSL_", "TLS_");
  }
}
