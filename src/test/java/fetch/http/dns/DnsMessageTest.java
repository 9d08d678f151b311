package fetch.http.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fetch.http.dns.FakeDnsServer.Reply;
import fetch.http.dns.FakeDnsServer.Resource;
import java.net.ProtocolException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
  private static final DnsQuery QUERY = new DnsQuery(4711, "a.example", RecordType.A);

  private static byte[] response() {
    return FakeDnsServer.toBytes(
        QUERY.toBytes(),
        Reply.of(
            new Resource("a.example", FakeDnsServer.CNAME, 60, "b.example"),
            new Resource("b.example", FakeDnsServer.AAAA, 60, "2001:db8::1")));
  }

  private static DnsMessage read(byte[] bytes) throws ProtocolException {
    return DnsMessage.read(bytes, bytes.length);
  }

  @Test
  void isTheAnswerToItsQueryOnly() throws ProtocolException {
    DnsMessage message = read(response());
    assertThat(QUERY.isAnsweredBy(message)).isTrue();
    assertThat(new DnsQuery(4712, "a.example", RecordType.A).isAnsweredBy(message)).isFalse();
    assertThat(new DnsQuery(4711, "b.example", RecordType.A).isAnsweredBy(message)).isFalse();
    assertThat(new DnsQuery(4711, "a.example", RecordType.AAAA).isAnsweredBy(message)).isFalse();
    assertThat(QUERY.isAnsweredBy(read(QUERY.toBytes()))).isFalse();
    assertThat(message.answers()).hasSize(2);
  }

  @Test
  void aNameThatRefersToItselfIsDamage() {
    byte[] bytes = response();
    bytes[12] = (byte) 0xc0;
    bytes[13] = 12;
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void damageIsNothingWorse() {
    Random random = new Random(1);
    byte[] good = response();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        DnsMessage.read(bytes, random.nextInt(bytes.length + 1));
      } catch (ProtocolException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
