package fetch.http;

import fetch.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Tells why TLS did not come about. */
final class TlsFailures {
  private static final Pattern NAMES = Pattern.compile("subjectAltNames: \\[(.*)]");
  private static final Pattern HOST = Pattern.compile("Hostname (\\S+) not verified");

  /** BoringSSL's own word for it, in the second line of a message. */
  private static final Pattern REASON = Pattern.compile("OPENSSL_internal:(\\w+)");

  private TlsFailures() {}

  /** Whether the server refused what BoringSSL offered, for one reason or another. */
  static boolean isRefusalOfBoringSsl(IOException e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    return reason.find() && reason.group(1).contains("_ALERT_");
  }

  static FailedTransfer classify(IOException e) {
    String certificate = certificateFault(e);
    if (certificate != null) {
      return new FailedTransfer(FailureKind.TLS_CERTIFICATE, certificate);
    }
    return new FailedTransfer(FailureKind.TLS_HANDSHAKE, handshakeFault(e));
  }

  private static @Nullable String certificateFault(IOException e) {
    if (e instanceof SSLPeerUnverifiedException unverified) {
      return wrongHost(String.valueOf(unverified.getMessage()));
    }
    String fault = null;
    for (Throwable t = e; t != null; t = t.getCause()) {
      String deeper = describe(t);
      fault = deeper == null ? fault : deeper;
    }
    return fault;
  }

  private static @Nullable String describe(Throwable t) {
    return switch (t) {
      case CertificateExpiredException expired ->
          "the certificate has expired: " + Failures.message(expired);
      case CertificateNotYetValidException early ->
          "the certificate is not valid yet: " + Failures.message(early);
      case CertPathBuilderException _ -> "the certificate's issuer is unknown";
      case CertificateException other ->
          "the certificate is not acceptable: " + Failures.message(other);
      default -> null;
    };
  }

  private static String wrongHost(String message) {
    Matcher host = HOST.matcher(message);
    Matcher names = NAMES.matcher(message);
    String wanted = host.find() ? host.group(1) : "this host";
    String named = names.find() && !names.group(1).isEmpty() ? names.group(1) : "none";
    return "the certificate is for another host: wanted " + wanted + ", names are " + named;
  }

  private static String handshakeFault(IOException e) {
    return switch (Failures.root(e)) {
      case EOFException _ -> "the server closed the connection in the TLS handshake";
      case SocketException broken ->
          "the connection broke in the TLS handshake: " + Failures.message(broken);
      default -> "the TLS handshake failed: " + reason(e);
    };
  }

  private static String reason(IOException e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    return reason.find()
        ? reason.group(1).toLowerCase(Locale.ROOT).replace('_', ' ')
        : Failures.message(e);
  }
}
