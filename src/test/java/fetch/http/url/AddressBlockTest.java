package fetch.http.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  private static boolean contains(String block, String address) {
    return AddressBlock.parse(block).contains(InetAddress.ofLiteral(address).getAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, 11.0.0.0",
    "10.1.2.3/32, 10.1.2.3, 10.1.2.2",
    "10.128.0.0/9, 10.128.0.0, 10.127.255.255",
    "0.0.0.0/0, 255.255.255.255, ::",
    "fe80::/10, febf::1, fec0::1",
    "::/0, ff00::, 0.0.0.0"
  })
  void containsWhatBeginsAlike(String block, String inside, String outside) {
    assertThat(contains(block, inside)).isTrue();
    assertThat(contains(block, outside)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "a/8", "/8"})
  void isNothingElse(String text) {
    assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
