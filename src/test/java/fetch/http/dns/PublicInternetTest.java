package fetch.http.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registries of special-purpose addresses (RFC 6890), first and last of each block. */
class PublicInternetTest {
  private static String objection(String literal) {
    return PublicInternet.objection(InetAddress.ofLiteral(literal));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, an address of this network",
    "0.255.255.255, an address of this network",
    "10.0.0.0, a private address",
    "10.255.255.255, a private address",
    "100.64.0.0, a private address",
    "100.127.255.255, a private address",
    "127.0.0.1, a loopback address",
    "127.255.255.255, a loopback address",
    "169.254.0.1, a link-local address",
    "169.254.255.255, a link-local address",
    "172.16.0.0, a private address",
    "172.31.255.255, a private address",
    "192.0.0.1, a reserved address",
    "192.0.2.1, a documentation address",
    "192.88.99.1, a reserved address",
    "192.168.0.0, a private address",
    "192.168.255.255, a private address",
    "198.18.0.0, a benchmark address",
    "198.19.255.255, a benchmark address",
    "198.51.100.1, a documentation address",
    "203.0.113.255, a documentation address",
    "224.0.0.1, a multicast address",
    "239.255.255.255, a multicast address",
    "240.0.0.0, a reserved address",
    "255.255.255.254, a reserved address",
    "255.255.255.255, a broadcast address",
    "::, an address of this network",
    "::1, a loopback address",
    "::2, an address of this network",
    "100::1, a reserved address",
    "fc00::, a private address",
    "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, a private address",
    "fe80::1, a link-local address",
    "febf::1, a link-local address",
    "fec0::1, a private address",
    "ff02::1, a multicast address",
    "2001:db8::1, a documentation address",
    "3fff:fff::1, a documentation address",
    "2001:2::1, a benchmark address",
    "2001:20::1, a reserved address",
    "5f00::1, a reserved address",
    "4000::1, a reserved address",
    "1fff::1, a reserved address"
  })
  void isNotWhatIsSetAside(String address, String kind) {
    assertThat(objection(address)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd20:ce::254",
        "64:ff9b::169.254.169.254",
        "2a00:1450:1:2::a9fe:a9fe",
        "2a00:1450:1:2:200:5efe:a9fe:a9fe",
        "2002:a9fe:a9fe::1"
      })
  void isNotWhereCloudsKeepTheirSecrets(String address) {
    assertThat(objection(address)).isEqualTo("a cloud metadata address");
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:10.0.0.1, a private address",
    "::10.0.0.1, a private address",
    "::7f00:1, a loopback address",
    "::ffff:0:10.0.0.1, a private address",
    "64:ff9b::10.0.0.1, a private address",
    "64:ff9b:1::8.8.8.8, a private address",
    "2002:a00:1::1, a private address",
    "2002:7f00:1:1:2:3:4:5, a loopback address",
    "2606:4700:1:2:0:5efe:10.0.0.1, a private address",
    "2606:4700:1:2:200:5efe:127.0.0.1, a loopback address",
    "2606:4700:1:2::192.168.1.1, a private address",
    "2a00:1450::7f00:1, a loopback address",
    "2a00:1450::a9fe:1, a link-local address",
    "2001:0:808:808::f5ff:fffe, a private address",
    "2001:0:a00:1::f7f7:f7f7, a private address",
    "2001:0:808:808::f7f7:f7f7, a reserved address",
    "::8.8.8.8, a reserved address"
  })
  void isNotAnIpv6AddressThatStandsForSuchAnIpv4Address(String address, String kind) {
    assertThat(objection(address)).isEqualTo(kind);
  }

  @Test
  void isNotAMappedAddressThatHasRemainedOne() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    assertThat(PublicInternet.objection(Inet6Address.getByAddress("a.example", mapped, 0)))
        .isEqualTo("a loopback address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2001:200::1",
        "2001:db7:ffff::1",
        "64:ff9b::8.8.8.8",
        "2606:4700::8.8.8.8",
        "2606:4700:1:2:0:5efe:8.8.8.8",
        "2606:4700:1:2:300:5efe:10.0.0.1",
        "2606:4700:1:2:1:0:10.0.0.1",
        "2606:4700::ffff:1",
        "2002:808:808::1"
      })
  void isEverythingElse(String address) {
    assertThat(objection(address)).isNull();
  }
}
