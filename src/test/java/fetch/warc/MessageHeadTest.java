package fetch.warc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tables, a bar is a carriage return and a caret a line feed. */
class MessageHeadTest {
  private static byte[] bytes(String text) {
    return text.replace('|', '\r').replace('^', '\n').getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1).replace('\r', '|').replace('\n', '^');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "HTTP/1.1 200 OK|^A: b|^|^ ~ 25",
        "HTTP/1.1 200 OK|^|^body ~ 19",
        "HTTP/1.1 200 OK^A: b^|^body ~ 23",
        "HTTP/1.1 200 OK^A: b^^body^^more ~ 22",
        "HTTP/1.1 200 OK|^x^y|^^body ~ 23",
        "HTTP/1.1 200 OK|^||^A: b|^|^ ~ 28",
        "HTTP/1.1 200 OK|^A: b|^ ~ 23",
        "HTTP/1.1 200 OK|^A ~ 18",
        "HTTP/1.1 200 OK|^| ~ 18",
        "x ~ 1",
        "'' ~ 0"
      })
  void endsAfterItsFirstEmptyLine(String message, int length) throws IOException {
    byte[] all = bytes(message);

    assertThat(MessageHead.end(all)).isEqualTo(length);
    assertThat(MessageHead.read(new ByteArrayInputStream(all)))
        .isEqualTo(Arrays.copyOf(all, length));
  }

  @Test
  void mayContainAnyByte() throws IOException {
    String head = "HTTP/1.1 200 OK|^A: \u0000\u00ff|^|^";

    assertThat(text(MessageHead.read(new ByteArrayInputStream(bytes(head + "\u0000body")))))
        .isEqualTo(head);
  }

  @Test
  void isReadUpToOneMebibyteIfItDoesNotEnd() throws IOException {
    InputStream endless = new ByteArrayInputStream(new byte[2 << 20]);

    assertThat(MessageHead.read(endless)).hasSize(1 << 20);
  }

  /** RFC 9110, section 15.2: any number of interim responses come before the final one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "HTTP/1.1 200 OK|^A: b|^|^ ~ HTTP/1.1 200 OK|^A: b|^|^",
        "HTTP/1.1 100 Continue|^|^HTTP/1.1 204|^A: b|^|^ ~ HTTP/1.1 204|^A: b|^|^",
        "HTTP/1.1 103|^Link: x|^|^HTTP/1.1 103|^|^HTTP/1.1 404|^|^ ~ HTTP/1.1 404|^|^",
        "HTTP/1.1 100 Continue^^HTTP/1.1 200 OK^A: b^^ ~ HTTP/1.1 200 OK^A: b^^",
        "HTTP/1.1 101 Switching Protocols|^|^ ~ HTTP/1.1 101 Switching Protocols|^|^",
        "HTTP/1.1 200 OK|^|^HTTP/1.1 100|^|^ ~ HTTP/1.1 200 OK|^|^HTTP/1.1 100|^|^",
        "HTTP/1.1  ~ HTTP/1.1",
        "'HTTP/1.1 ' ~ 'HTTP/1.1 '",
        "'' ~ ''"
      })
  void isTheLastOfSeveral(String heads, String last) {
    assertThat(text(MessageHead.last(bytes(heads)))).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "HTTP/1.1 200 OK|^|^ ~ 200",
        "HTTP/1.0 199 ~ 199",
        "HTTP/1.1 909^ ~ 909",
        "HTTP/1.1 000 ~ 0",
        "HTTP/1.1 012 ~ 12",
        "HTTP/1.1 20 ~ 0",
        "HTTP/1.1 2.0 ~ 0",
        "HTTP/1.1 2:0 ~ 0",
        "HTTP/1.1 OK^ ~ 0",
        "HTTP/1.1 ~ 0",
        "'' ~ 0"
      })
  void hasAStatusOfThreeDigits(String head, int status) {
    assertThat(MessageHead.status(bytes(head))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      nullValues = "none",
      value = {
        "HTTP/1.1 200|^ETag: a|^|^ ~ a",
        "HTTP/1.1 200|^ETAG:a|^etag: \tb \t|^|^ ~ b",
        "HTTP/1.1 200^etag : a^b: c^^ ~ a",
        "HTTP/1.1 200|^etag: a:b|^|^ ~ a:b",
        "HTTP/1.1 200|^etag:|^|^ ~ ''",
        "HTTP/1.1 200|^etag: a ~ a",
        "HTTP/1.1 200|^etag ~ none",
        "HTTP/1.1 200|^etag|^|^ ~ none",
        "HTTP/1.1 200|^etag: a|^etag|^|^ ~ a",
        "HTTP/1.1 200|^etag: a^etag^^ ~ a",
        "HTTP/1.1 200|^x-etag: a|^etags: b|^|^ ~ none",
        "etag: a|^|^ ~ none",
        "'' ~ none"
      })
  void givesTheLastValueOfAField(String head, String value) {
    assertThat(MessageHead.lastValue("etag", bytes(head))).isEqualTo(value);
  }

  @Test
  void hasValuesInUtf8OrElseInLatin1() {
    String value = "caf\u00e9";

    assertThat(MessageHead.lastValue("a", ("x\nA: " + value + "\n").getBytes(UTF_8)))
        .isEqualTo(value);
    assertThat(MessageHead.lastValue("a", ("x\nA: " + value + "\n").getBytes(ISO_8859_1)))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "GET x|^Cookie: a=b; c|^Host: y|^|^ ~ GET x|^Cookie: ***|^Host: y|^|^",
        "GET x|^authorization:Basic abc|^|^ ~ GET x|^authorization:***|^|^",
        "GET x|^PROXY-Authorization: a|^COOKIE: b|^|^ "
            + "~ GET x|^PROXY-Authorization: ***|^COOKIE: ***|^|^",
        "GET x|^Cookie: a|^Cookie: b|^|^ ~ GET x|^Cookie: ***|^Cookie: ***|^|^",
        "GET x^Cookie: a^B: c^^ ~ GET x^Cookie: ***^B: c^^",
        "GET x|^Cookie:|^|^ ~ GET x|^Cookie:***|^|^",
        "GET x|^Cookie: |^|^ ~ GET x|^Cookie: ***|^|^",
        "GET x^Cookie:^^ ~ GET x^Cookie:***^^",
        "GET x^Cookie: ^^ ~ GET x^Cookie: ***^^",
        "GET x|^Cookie:  two|^|^ ~ GET x|^Cookie: ***|^|^"
      })
  void masksSecrets(String head, String masked) {
    assertThat(text(MessageHead.withoutSecrets(bytes(head)))).isEqualTo(masked);
    assertThat(text(MessageHead.requestWithoutSecrets(bytes(head)))).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET x|^Host: y|^Set-Cookie: a|^Cookie2: b|^X-Authorization: c|^|^",
        "GET x|^cookies: a|^cooki: b|^x: Cookie: c|^|^",
        "Cookie: a|^|^",
        "GET x|^no colon|^|^",
        "GET x",
        ""
      })
  void keepsWhatIsNotSecret(String head) {
    assertThat(text(MessageHead.withoutSecrets(bytes(head)))).isEqualTo(head);
    assertThat(text(MessageHead.requestWithoutSecrets(bytes(head)))).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "|^", "|^Cookie: a|^|^Authorization: b|^", "0123456789"})
  void keepsTheBodyOfARequest(String body) {
    String head = "POST x|^Cookie: a=b; c=d; e=f|^Length: 1|^|^";

    assertThat(text(MessageHead.requestWithoutSecrets(bytes(head + body))))
        .isEqualTo("POST x|^Cookie: ***|^Length: 1|^|^" + body);
  }
}
