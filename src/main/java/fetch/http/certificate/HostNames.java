package fetch.http.certificate;

import fetch.http.url.Addresses;
import fetch.http.url.HostSpelling;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Compares hosts with the names in certificates as OkHttp does (RFC 6125, section 6.4), but like
 * curl rejects wildcards for a whole top-level domain. Safe for many threads.
 *
 * <p>Replacing OkHttp's own verifier also stops OkHttp from sending requests for other hosts over
 * an HTTP/2 connection: not every server that shares a certificate and an address serves all hosts
 * (RFC 9113, section 9.1.1).
 */
public final class HostNames implements HostnameVerifier {
  private static final int DNS_NAME = 2;
  private static final String WILDCARD = "*.";

  private final HostnameVerifier usual;

  /**
   * @param usual OkHttp's verifier
   */
  public HostNames(HostnameVerifier usual) {
    this.usual = usual;
  }

  @Override
  public boolean verify(String alias, SSLSession session) {
    String host = HostSpelling.unaliased(alias);
    return usual.verify(host, session)
        && (isLiteral(host) || isNamedIn(certificate(session), host));
  }

  private static boolean isLiteral(String host) {
    return Addresses.isLiteral(host);
  }

  private static @Nullable X509Certificate certificate(SSLSession session) {
    try {
      Certificate first = session.getPeerCertificates()[0];
      return first instanceof X509Certificate certificate ? certificate : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /**
   * Whether a name in the certificate matches without a wildcard for everything below one label.
   */
  private static boolean isNamedIn(@Nullable X509Certificate certificate, String host) {
    String absolute = host.endsWith(".") ? host : host + ".";
    String parent = absolute.substring(absolute.indexOf('.') + 1);
    boolean topLevel = parent.indexOf('.') == parent.length() - 1;
    return !topLevel || (certificate != null && hasName(certificate, absolute));
  }

  private static boolean hasName(X509Certificate certificate, String absolute) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .filter(name -> name.size() > 1 && Integer.valueOf(DNS_NAME).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .anyMatch(name -> !name.startsWith(WILDCARD) && isSame(name, absolute));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean isSame(String name, String absolute) {
    return absolute.equalsIgnoreCase(name.endsWith(".") ? name : name + ".");
  }
}
