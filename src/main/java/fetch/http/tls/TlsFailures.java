package fetch.http.tls;

import fetch.FailureKind;
import fetch.RootCause;
import fetch.http.call.ExceptionMessages;
import fetch.http.call.FailedTransfer;
import fetch.http.certificate.CertificateJudge;
import fetch.http.certificate.UnpinnedKey;
import fetch.http.certificate.UntrustedCertificate;
import fetch.http.url.HostSpelling;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Explains why a TLS handshake failed. */
public final class TlsFailures {
  private static final Pattern NAMES = Pattern.compile("subjectAltNames: \\[(.*)]");
  private static final Pattern HOST = Pattern.compile("Hostname (\\S+) not verified");

  /** The JDK's message for more certificates than its limit, which equals fetch's. */
  private static final String CHAIN_LENGTH = "certificate chain length";

  /** BoringSSL's reason, in the second line of a message. */
  private static final Pattern REASON = Pattern.compile("OPENSSL_internal:(\\w+)");

  /** Alerts 40, 71 and 80 of RFC 8446, section 6. Java servers send the last one. */
  private static final Set<String> REFUSALS =
      Set.of(
          "SSLV3_ALERT_HANDSHAKE_FAILURE",
          "TLSV1_ALERT_INSUFFICIENT_SECURITY",
          "TLSV1_ALERT_INTERNAL_ERROR");

  private TlsFailures() {}

  /** Whether the server supports nothing of what BoringSSL offered. */
  static boolean isRefusalOfBoringSsl(IOException e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    return reason.find() && REFUSALS.contains(reason.group(1));
  }

  public static FailedTransfer classify(IOException e) {
    if (RootCause.of(e) instanceof UnpinnedKey unpinned) {
      return new FailedTransfer(FailureKind.TLS_PIN, String.valueOf(unpinned.getMessage()));
    }
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
    String fault = ExceptionMessages.says(e, CHAIN_LENGTH) ? CertificateJudge.TOO_MANY : null;
    for (Throwable t = e; t != null; t = t.getCause()) {
      String deeper = describe(t);
      fault = deeper == null ? fault : deeper;
    }
    return fault;
  }

  private static @Nullable String describe(Throwable t) {
    return switch (t) {
      case CertificateExpiredException expired ->
          "the certificate has expired: " + ExceptionMessages.message(expired);
      case CertificateNotYetValidException early ->
          "the certificate is not valid yet: " + ExceptionMessages.message(early);
      case CertPathValidatorException invalid -> faultInPath(invalid.getReason());
      case UntrustedCertificate untrusted -> untrusted.getMessage();
      case CertificateParsingException _, CertificateEncodingException _ ->
          "the certificate cannot be read";
      case CertificateException other ->
          "the certificate is not acceptable: " + ExceptionMessages.message(other);
      default -> null;
    };
  }

  private static String faultInPath(Reason reason) {
    return switch (reason) {
      case BasicReason.INVALID_SIGNATURE -> "a certificate is not signed by the key of its issuer";
      case BasicReason.ALGORITHM_CONSTRAINED ->
          "a certificate's key or signature is of an algorithm that is not accepted";
      case PKIXReason.NOT_CA_CERT, PKIXReason.INVALID_KEY_USAGE ->
          "the issuing certificate may not sign certificates";
      case PKIXReason.PATH_TOO_LONG -> "the certificate path is longer than its authority allows";
      case PKIXReason.INVALID_NAME -> "the certificate's issuer may not sign for these names";
      case PKIXReason.UNRECOGNIZED_CRIT_EXT ->
          "a certificate has a critical extension that is not understood";
      case PKIXReason.INVALID_POLICY -> "the certificates' policies do not agree";
      default -> "the certificates do not lead to a trusted authority";
    };
  }

  private static String wrongHost(String message) {
    Matcher host = HOST.matcher(message);
    Matcher names = NAMES.matcher(message);
    String wanted = host.find() ? HostSpelling.unaliased(host.group(1)) : "this host";
    String named = names.find() && !names.group(1).isEmpty() ? names.group(1) : "none";
    return "the certificate is for another host: wanted " + wanted + ", names are " + named;
  }

  private static String handshakeFault(IOException e) {
    return switch (RootCause.of(e)) {
      case EOFException _ -> "the server closed the connection in the TLS handshake";
      case SocketException broken ->
          "the connection broke in the TLS handshake: " + ExceptionMessages.message(broken);
      default -> "the TLS handshake failed: " + reason(e);
    };
  }

  private static String reason(IOException e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    return reason.find()
        ? reason.group(1).toLowerCase(Locale.ROOT).replace('_', ' ')
        : ExceptionMessages.message(e);
  }
}
