package fetch.http.certificate;

import static fetch.http.IssuedCertificate.authority;
import static fetch.http.IssuedCertificate.ec;
import static fetch.http.IssuedCertificate.hex;
import static fetch.http.IssuedCertificate.keys;
import static fetch.http.IssuedCertificate.root;
import static fetch.http.IssuedCertificate.rsa;
import static fetch.http.IssuedCertificate.sequence;
import static fetch.http.IssuedCertificate.server;
import static org.assertj.core.api.Assertions.assertThat;

import fetch.http.IssuedCertificate;
import fetch.http.settings.TlsSettings;
import fetch.http.tls.Tls;
import fetch.http.tls.TlsFailures;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateJudgeTest {
  private static final HeldCertificate ROOT = root("Root");
  private static final String ISSUER = "the issuing certificate ";
  private static final String KEY = " has a key that is not accepted: ";
  private static final String SIGNATURE = " has a signature that is not accepted: ";

  /** Why the first certificate is refused, null when it is accepted. */
  private static @Nullable String refusal(List<HeldCertificate> trusted, HeldCertificate... sent) {
    X509Certificate[] chain =
        Stream.of(sent).map(HeldCertificate::certificate).toArray(X509Certificate[]::new);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("ca-" + i, trusted.get(i).certificate());
      }
      ServerTrust trust = new Tls(new TlsSettings(false, store, null)).trust();
      CertificateCheck check = trust.begin();
      trust.checkServerTrusted(chain, "UNKNOWN", (javax.net.ssl.SSLEngine) null);
      trust.end();
      check.judge();
      assertThat(check.isPending()).isFalse();
      return null;
    } catch (SSLHandshakeException e) {
      return TlsFailures.classify(e).getMessage();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HeldCertificate intermediate() {
    return authority("Issuing").issuedBy(ROOT);
  }

  @Test
  void acceptsACertificateOfATrustedAuthority() {
    HeldCertificate issuing = intermediate();
    HeldCertificate own = server("a.example").issuedBy(issuing);
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(ROOT))).isNull();
    assertThat(refusal(List.of(ROOT), own, issuing)).isNull();
    assertThat(refusal(List.of(ROOT), own, issuing, ROOT)).isNull();
    assertThat(refusal(List.of(issuing), own)).isNull();
  }

  @Test
  void acceptsCertificatesInAnyOrder() {
    HeldCertificate first = intermediate();
    HeldCertificate second = authority("Second").issuedBy(first);
    HeldCertificate own = server("a.example").issuedBy(second);
    HeldCertificate other = authority("Unrelated").issuedBy(ROOT);
    assertThat(refusal(List.of(ROOT), own, ROOT, other, first, second)).isNull();
  }

  @Test
  void needsTheCertificatesInBetween() {
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(intermediate())))
        .isEqualTo("the certificate's issuer is unknown");
  }

  /** As when an authority's old root has expired, and servers still send its signature. */
  @Test
  void prefersTrustedAuthoritiesToWhatIsSent() {
    HeldCertificate old = authority("Old").expired().selfSigned();
    HeldCertificate crossed = authority("Root").keys(ROOT.keyPair()).expired().issuedBy(old);
    HeldCertificate issuing = intermediate();
    HeldCertificate own = server("a.example").issuedBy(issuing);
    assertThat(refusal(List.of(ROOT, old), own, issuing, crossed, old)).isNull();
  }

  @Test
  void prefersValidCertificatesToExpiredOnes() {
    HeldCertificate valid = intermediate();
    HeldCertificate expired = authority("Issuing").keys(valid.keyPair()).expired().issuedBy(ROOT);
    HeldCertificate own = server("a.example").issuedBy(valid);
    assertThat(refusal(List.of(ROOT), own, expired, valid)).isNull();
    assertThat(refusal(List.of(ROOT), own, expired))
        .startsWith(ISSUER + "CN=Issuing has expired: NotAfter: ");
  }

  @Test
  void refusesASignatureOfAnotherKey() {
    HeldCertificate impostor = authority("Root").selfSigned();
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(impostor)))
        .isEqualTo("a certificate is not signed by the key of its issuer");
  }

  @Test
  void refusesAnIssuerThatIsNoAuthority() {
    HeldCertificate notOne = server("b.example").issuedBy(ROOT);
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(notOne), notOne))
        .isEqualTo("the issuing certificate may not sign certificates");
  }

  @Test
  void refusesExpiredRoots() {
    HeldCertificate expired = authority("Root").expired().selfSigned();
    assertThat(refusal(List.of(expired), server("a.example").issuedBy(expired)))
        .startsWith(ISSUER + "CN=Root has expired: NotAfter: ");
    assertThat(refusal(List.of(ROOT, expired), server("a.example").issuedBy(expired)))
        .startsWith(ISSUER + "CN=Root has expired: NotAfter: ");
    assertThat(refusal(List.of(expired, ROOT), server("a.example").issuedBy(ROOT))).isNull();
  }

  @Test
  void refusesAnExpiredCertificateEvenIfItIsTrustedItself() {
    HeldCertificate own = server("a.example").expired().selfSigned();
    assertThat(refusal(List.of(own), own)).startsWith("the certificate has expired: ");
    assertThat(refusal(List.of(ROOT), server("a.example").expired().issuedBy(ROOT)))
        .startsWith("the certificate has expired: ");
    assertThat(
            refusal(
                List.of(ROOT),
                server("a.example").valid(Duration.ofDays(1), Duration.ofDays(2)).issuedBy(ROOT)))
        .startsWith("the certificate is not valid yet: ");
  }

  @Test
  void acceptsACertificateThatIsTrustedItself() {
    HeldCertificate own = server("a.example").keys(rsa(2048)).signedBy("SHA1withRSA").selfSigned();
    assertThat(refusal(List.of(own), own)).isNull();
  }

  @Test
  void refusesCertificatesForOtherPurposes() {
    HeldCertificate mail = authority("Mail").purposes(IssuedCertificate.CLIENT_AUTH).issuedBy(ROOT);
    HeldCertificate any = authority("Any").purposes(IssuedCertificate.ANY_USE).issuedBy(ROOT);
    HeldCertificate fit =
        authority("Fit")
            .purposes(IssuedCertificate.CLIENT_AUTH, IssuedCertificate.SERVER_AUTH)
            .issuedBy(ROOT);
    HeldCertificate unfit =
        server("a.example").purposes(IssuedCertificate.CLIENT_AUTH).issuedBy(ROOT);
    HeldCertificate root = authority("Odd").purposes(IssuedCertificate.CLIENT_AUTH).selfSigned();
    String complaint = " may not be used for TLS servers";
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(mail), mail))
        .isEqualTo(ISSUER + "CN=Mail" + complaint);
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(any), any))
        .isEqualTo(ISSUER + "CN=Any" + complaint);
    assertThat(refusal(List.of(ROOT), unfit)).isEqualTo("the certificate" + complaint);
    assertThat(refusal(List.of(root), server("a.example").issuedBy(root)))
        .isEqualTo(ISSUER + "CN=Odd" + complaint);
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(fit), fit)).isNull();
  }

  static Stream<Arguments> weakSignatures() {
    return Stream.of(
        Arguments.of("SHA1withECDSA", "SHA-1 with ECDSA", ROOT),
        Arguments.of("SHA1withRSA", "SHA-1 with RSA", rsaRoot(2048)),
        Arguments.of("MD5withRSA", "MD5 with RSA", rsaRoot(2048)));
  }

  private static HeldCertificate rsaRoot(int bits) {
    return authority("RSA").keys(rsa(bits)).signedBy("SHA256withRSA").selfSigned();
  }

  @ParameterizedTest
  @MethodSource("weakSignatures")
  void refusesWeakSignatures(String algorithm, String name, HeldCertificate root) {
    HeldCertificate own = server("a.example").signedBy(algorithm).issuedBy(root);
    HeldCertificate issuing = authority("Weak").signedBy(algorithm).issuedBy(root);
    assertThat(refusal(List.of(root), own)).isEqualTo("the certificate" + SIGNATURE + name);
    assertThat(refusal(List.of(root), server("a.example").issuedBy(issuing), issuing))
        .isEqualTo(ISSUER + "CN=Weak" + SIGNATURE + name);
  }

  @Test
  void doesNotMindTheSignatureOfARoot() {
    HeldCertificate root = authority("Old").keys(rsa(2048)).signedBy("SHA1withRSA").selfSigned();
    HeldCertificate own = server("a.example").signedBy("SHA256withRSA").issuedBy(root);
    assertThat(refusal(List.of(root), own)).isNull();
  }

  @Test
  void refusesWeakKeys() {
    HeldCertificate weakRoot = rsaRoot(1024);
    HeldCertificate issuing = authority("Weak").keys(rsa(1024)).issuedBy(ROOT);
    HeldCertificate ownRsa = server("a.example").keys(rsa(2040)).issuedBy(ROOT);
    HeldCertificate ownDsa = server("a.example").keys(keys("DSA", null)).issuedBy(ROOT);
    assertThat(refusal(List.of(ROOT), ownRsa))
        .isEqualTo("the certificate" + KEY + "RSA with 2040 bits");
    assertThat(refusal(List.of(ROOT), ownDsa)).isEqualTo("the certificate" + KEY + "DSA");
    assertThat(
            refusal(
                List.of(ROOT),
                server("a.example").signedBy("SHA256withRSA").issuedBy(issuing),
                issuing))
        .isEqualTo(ISSUER + "CN=Weak" + KEY + "RSA with 1024 bits");
    assertThat(
            refusal(
                List.of(weakRoot),
                server("a.example").signedBy("SHA256withRSA").issuedBy(weakRoot)))
        .isEqualTo(ISSUER + "CN=RSA" + KEY + "RSA with 1024 bits");
  }

  @Test
  void acceptsStrongKeys() {
    for (java.security.KeyPair own :
        List.of(rsa(2048), ec("secp384r1"), ec("secp521r1"), keys("Ed25519", null))) {
      assertThat(refusal(List.of(ROOT), server("a.example").keys(own).issuedBy(ROOT))).isNull();
    }
  }

  @Test
  void refusesSmallCurves() {
    String info =
        "3049301306072a8648ce3d020106082a8648ce3d030101033200"
            + "04188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012"
            + "07192b95ffc8da78631011ed6b24cdd573f977a11e794811";
    HeldCertificate own = server("a.example").keys(withPublicKey(hex(info))).issuedBy(ROOT);
    assertThat(refusal(List.of(ROOT), own)).isEqualTo("the certificate" + KEY + "EC with 192 bits");
  }

  private static java.security.KeyPair withPublicKey(byte[] info) {
    java.security.PublicKey key =
        new java.security.PublicKey() {
          private static final long serialVersionUID = 1;

          @Override
          public String getAlgorithm() {
            return "EC";
          }

          @Override
          public String getFormat() {
            return "X.509";
          }

          @Override
          public byte[] getEncoded() {
            return info;
          }
        };
    return new java.security.KeyPair(key, ec("secp256r1").getPrivate());
  }

  @Test
  void refusesMoreThanTenCertificates() {
    List<HeldCertificate> sent = chain(11);
    assertThat(refusal(List.of(ROOT), sent.toArray(new HeldCertificate[0])))
        .isEqualTo("the server sent more than 10 certificates");
    List<HeldCertificate> fewer = chain(10);
    assertThat(refusal(List.of(ROOT), fewer.toArray(new HeldCertificate[0]))).isNull();
  }

  /** The server's own first, the last signed by the root. */
  private static List<HeldCertificate> chain(int length) {
    List<HeldCertificate> sent = new ArrayList<>();
    HeldCertificate last = ROOT;
    for (int i = 1; i < length; i++) {
      last = authority("Issuing " + i).issuedBy(last);
      sent.addFirst(last);
    }
    sent.addFirst(server("a.example").issuedBy(last));
    return sent;
  }

  /** The runtime's own search would try 8! ways, with some checks of signatures in each. */
  @Test
  void takesNoTimeForCertificatesThatSignEachOther() {
    List<HeldCertificate> authorities = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      authorities.add(authority("Each Other").keys(ec("secp521r1")).selfSigned());
    }
    List<HeldCertificate> sent = new ArrayList<>();
    sent.add(server("a.example").issuedBy(authorities.getLast()));
    for (int i = 0; i < 9; i++) {
      sent.add(
          authority("Each Other")
              .keys(authorities.get(i).keyPair())
              .issuedBy(authorities.get((i + 1) % 9)));
    }
    long start = System.nanoTime();
    assertThat(refusal(List.of(ROOT), sent.toArray(new HeldCertificate[0])))
        .isEqualTo("the certificate's issuer is unknown");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void refusesTooManyPoliciesAndNameConstraints() {
    byte[] mapping = sequence(hex("06032a0304"), hex("06032a0305"));
    byte[] policy = sequence(hex("06032a0304"));
    byte[] excluded = sequence(IssuedCertificate.element(0x82, hex("61")));
    HeldCertificate mapper =
        authority("Mapper").extension("0603551d21", times(100, mapping)).issuedBy(ROOT);
    HeldCertificate policies =
        server("a.example").extension("0603551d20", times(3000, policy)).issuedBy(ROOT);
    byte[] subtrees = IssuedCertificate.concatenate(times(3000, excluded));
    subtrees[0] = (byte) 0xa1;
    HeldCertificate constrained =
        authority("Constrained").extension("0603551d1e", sequence(subtrees)).issuedBy(ROOT);
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(mapper), mapper))
        .isEqualTo("the certificates have too many policies");
    assertThat(refusal(List.of(ROOT), policies))
        .isEqualTo("the certificates have too many policies");
    assertThat(refusal(List.of(ROOT), server("a.example").issuedBy(constrained), constrained))
        .isEqualTo("the certificates have too many name constraints");
  }

  private static byte[] times(int times, byte[] part) {
    byte[][] parts = new byte[times][];
    java.util.Arrays.fill(parts, part);
    return sequence(parts);
  }

  @Test
  void obeysNameConstraints() {
    byte[] only = sequence(IssuedCertificate.element(0x82, hex("612e6578616d706c65")));
    byte[] permitted = IssuedCertificate.element(0xa0, only);
    HeldCertificate constrained =
        authority("Constrained").extension("0603551d1e", sequence(permitted)).issuedBy(ROOT);
    assertThat(refusal(List.of(ROOT), server("www.a.example").issuedBy(constrained), constrained))
        .isNull();
    assertThat(refusal(List.of(ROOT), server("b.example").issuedBy(constrained), constrained))
        .isEqualTo("the certificate's issuer may not sign for these names");
  }
}
