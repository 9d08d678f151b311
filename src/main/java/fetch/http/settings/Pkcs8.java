package fetch.http.settings;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** Converts older private key forms to PKCS #8 (RFC 5958), the only one that Java reads. */
final class Pkcs8 {
  private static final byte[] VERSION_0 = hex("020100");
  private static final byte[] RSA_ALGORITHM = hex("300d06092a864886f70d0101010500");
  private static final byte[] EC_ALGORITHM_ID = hex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int EC_PARAMETERS = 0xa0;

  private Pkcs8() {}

  /** Wraps an RSAPrivateKey (RFC 8017, appendix A.1.2). */
  static byte[] wrapRsa(byte[] key) {
    return element(SEQUENCE, VERSION_0, RSA_ALGORITHM, element(OCTET_STRING, key));
  }

  /** Wraps an ECPrivateKey that names its curve (RFC 5915). */
  static byte[] wrapEc(byte[] key) {
    byte[] algorithm = element(SEQUENCE, EC_ALGORITHM_ID, curve(key));
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, key));
  }

  private static byte[] curve(byte[] key) {
    for (int i = 0; i + 3 < key.length; i++) {
      boolean named = (key[i] & 0xff) == EC_PARAMETERS && key[i + 2] == OBJECT_IDENTIFIER;
      int end = i + 4 + key[i + 3];
      if (named && key[i + 1] == key[i + 3] + 2 && end <= key.length) {
        return Arrays.copyOfRange(key, i + 2, end);
      }
    }
    throw new IllegalArgumentException("the EC key does not name its curve");
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    writeLength(element, content.size());
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
