package fetch.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs8Test {
  /** In PKCS #8 as Java writes it, the old form is what the last element holds. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 2048})
  void wrapsAnRsaKey(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    byte[] pkcs8 = key.getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

    assertThat(Pkcs8.wrapRsa(pkcs1)).isEqualTo(pkcs8);
  }

  /** RFC 5915: the version, the key, and the object identifier of P-256. */
  @Test
  void wrapsAnEcKeyThatNamesItsCurve() throws GeneralSecurityException {
    byte[] sec1 =
        HexFormat.of().parseHex("30310201010420" + "01".repeat(32) + "a00a06082a8648ce3d030107");
    ECPrivateKey key =
        (ECPrivateKey)
            KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Pkcs8.wrapEc(sec1)));
    assertThat(key.getS()).isEqualTo(new BigInteger("01".repeat(32), 16));
    assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
  }

  @Test
  void refusesAnEcKeyThatDoesNot() {
    byte[] nameless = HexFormat.of().parseHex("30250201010420" + "01".repeat(32));
    assertThatThrownBy(() -> Pkcs8.wrapEc(nameless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the EC key does not name its curve");
    assertThatThrownBy(() -> Pkcs8.wrapEc(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
