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
 * Compares hosts with the names in certificates as OkHttp does (RFC 6125, section 6.4), but as curl
 * takes no wildcard for a whole top-level domain. Safe for many threads.
 *
 * <p>It is not OkHttp's own also because OkHttp, given its own, sends requests for other hosts over
 * a connection with HTTP/2, which not all that share a certificate and an address serve (RFC 9113,
 * section 9.1.1).
 */
public final class HostNames implements HostnameVerifier {
  private static final int DNS_NAME = 2;
  private static final String WILDCARD = "*.";

  private final HostnameVerifier usual;

  /**
   * @param usual what OkHttp compares with
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

  /** Whether some name would do that is no wildcard for everything below one label. */
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
