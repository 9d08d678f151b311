package fetch.http;

import fetch.http.url.Addresses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import okhttp3.tls.HeldCertificate;

/** Makes certificates of any kind (RFC 5280, section 4.1), however bad. */
public final class IssuedCertificate {
  public static final String SERVER_AUTH = "06082b06010505070301";
  public static final String CLIENT_AUTH = "06082b06010505070302";
  public static final String ANY_USE = "0604551d2500";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "MD5withRSA", "06092a864886f70d0101040500",
          "SHA1withRSA", "06092a864886f70d0101050500",
          "SHA256withRSA", "06092a864886f70d01010b0500",
          "SHA1withECDSA", "06072a8648ce3d0401",
          "SHA256withECDSA", "06082a8648ce3d040302",
          "Ed25519", "06032b6570");

  private static final KeyPair AUTHORITY_KEYS = ec("secp256r1");

  private final String name;
  private final Map<String, byte[]> extensions = new TreeMap<>();
  private KeyPair keys = ec("secp256r1");
  private Instant from = Instant.now().minus(Duration.ofDays(1));
  private Instant until = Instant.now().plus(Duration.ofDays(1));
  private String signature = "SHA256withECDSA";

  private IssuedCertificate(String name) {
    this.name = name;
  }

  /** The server's own. */
  public static IssuedCertificate server(String host) {
    byte[] name =
        Addresses.isLiteral(host)
            ? element(0x87, InetAddress.ofLiteral(host).getAddress())
            : element(0x82, host.getBytes(StandardCharsets.US_ASCII));
    return new IssuedCertificate("CN=server").extension("0603551d11", sequence(name));
  }

  /** One that may sign others. */
  public static IssuedCertificate authority(String name) {
    return new IssuedCertificate("CN=" + name)
        .extension("0603551d13", hex("30030101ff"))
        .extension("0603551d0f", hex("03020106"));
  }

  /** A root that signs itself. */
  public static HeldCertificate root(String name) {
    return authority(name).keys(AUTHORITY_KEYS).selfSigned();
  }

  public static KeyPair ec(String curve) {
    return keys("EC", new ECGenParameterSpec(curve));
  }

  public static KeyPair rsa(int bits) {
    return keys(
        "RSA",
        new java.security.spec.RSAKeyGenParameterSpec(bits, java.math.BigInteger.valueOf(65537)));
  }

  public static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (parameters != null) {
        generator.initialize(parameters);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public IssuedCertificate keys(KeyPair pair) {
    keys = pair;
    return this;
  }

  public IssuedCertificate signedBy(String algorithm) {
    signature = algorithm;
    return this;
  }

  public IssuedCertificate valid(Duration fromNow, Duration untilThen) {
    from = Instant.now().plus(fromNow);
    until = Instant.now().plus(untilThen);
    return this;
  }

  public IssuedCertificate expired() {
    return valid(Duration.ofDays(-2), Duration.ofDays(-1));
  }

  /**
   * With an extended key usage.
   *
   * @param purposes object identifiers in DER and hexadecimal
   */
  public IssuedCertificate purposes(String... purposes) {
    return extension("0603551d25", sequence(hex(String.join("", purposes))));
  }

  /**
   * With an extension.
   *
   * @param identifier in DER and hexadecimal
   */
  public IssuedCertificate extension(String identifier, byte[] value) {
    extensions.put(identifier, value);
    return this;
  }

  public HeldCertificate selfSigned() {
    return issue("CN=" + name.substring(3), keys);
  }

  public HeldCertificate issuedBy(HeldCertificate issuer) {
    return issue(issuer.certificate().getSubjectX500Principal().getName(), issuer.keyPair());
  }

  private HeldCertificate issue(String issuer, KeyPair issuerKeys) {
    try {
      byte[] algorithm = sequence(hex(SIGNATURES.get(signature)));
      byte[] signed = toBeSigned(issuer, algorithm);
      Signature signer = Signature.getInstance(signature);
      signer.initSign(issuerKeys.getPrivate());
      signer.update(signed);
      byte[] bits = element(0x03, concatenate(new byte[1], signer.sign()));
      byte[] encoded = sequence(signed, algorithm, bits);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
      return new HeldCertificate(keys, certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] toBeSigned(String issuer, byte[] algorithm) {
    byte[] listed = {};
    for (Map.Entry<String, byte[]> extension : extensions.entrySet()) {
      byte[] one = sequence(hex(extension.getKey()), element(0x04, extension.getValue()));
      listed = concatenate(listed, one);
    }
    return sequence(
        hex("a003020102"),
        element(0x02, Arrays.copyOf(hex("01"), 8)),
        algorithm,
        new X500Principal(issuer).getEncoded(),
        sequence(time(from), time(until)),
        new X500Principal(name).getEncoded(),
        keys.getPublic().getEncoded(),
        element(0xa3, sequence(listed)));
  }

  private static byte[] time(Instant instant) {
    return element(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  public static byte[] sequence(byte[]... parts) {
    return element(0x30, concatenate(parts));
  }

  public static byte[] element(int tag, byte[] content) {
    int size = content.length;
    byte[] bytes = {(byte) (size >> 16), (byte) (size >> 8), (byte) size};
    int zeros = size < 0x100 ? 2 : size < 0x10000 ? 1 : 0;
    byte[] length = Arrays.copyOfRange(bytes, zeros, 3);
    if (size >= 0x80) {
      length = concatenate(new byte[] {(byte) (0x80 | length.length)}, length);
    }
    return concatenate(new byte[] {(byte) tag}, length, content);
  }

  public static byte[] concatenate(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
