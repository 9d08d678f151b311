package fetch.body;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.IncludedBody;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTextTest {
  private static IncludedBody of(String hex, String type, boolean truncated) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return BodyText.of(bytes, bytes.length, type, truncated);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c3a9       | text/html                            | \u00e9",
        "c3a9       | text/html; charset=\"UTF-8\"         | \u00e9",
        "e9         | text/html;Charset = iso-8859-1; a=b  | \u00e9",
        "e9         | text/html; charset='windows-1252'    | \u00e9",
        "e4ba       | text/html; charset=nothing           | ",
        "efbbbfc3a9 | text/html; charset=iso-8859-1        | \u00e9",
        "fffee900   | text/plain                           | \u00e9",
        "feff00e9   | text/plain                           | \u00e9",
        "0061       | text/plain; charset=utf-16be         | a",
        "e9         | text/plain                           | ",
        "61e9       | text/plain; charset=us-ascii         | ",
        "fffe00d8   | text/plain                           | ",
        "''         | text/plain                           | ''"
      })
  void isThatOfItsCharset(String hex, String type, String text) {
    IncludedBody body = of(hex, type, false);

    assertThat(body.text()).isEqualTo(text);
    assertThat(body.base64() == null).isEqualTo(text != null);
  }

  @Test
  void mayLackTheRestOfItsLastCharacterWhereItIsTruncated() {
    assertThat(of("61e4ba", "text/plain", true)).isEqualTo(new IncludedBody("a", null, true));
    assertThat(of("61e4ba", "text/plain", false).text()).isNull();
    assertThat(of("61ff62", "text/plain", true).text()).isNull();
  }

  @Test
  void isKeptByteByByteInBase64() {
    byte[] bytes = {(byte) 0xff, 0, 1, 2};

    assertThat(BodyText.of(bytes, 3, null, false).base64())
        .isEqualTo(Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, 0, 1}));
    assertThat(BodyText.of("x".getBytes(StandardCharsets.UTF_8), 1, null, false).text())
        .isEqualTo("x");
  }
}
