package fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "http://user:secret@host/, http://user:***@host/",
    "http://user:sec:ret@host/, http://user:***@host/",
    "http://user:sec@ret@host/a@b:c, http://user:***@host/a@b:c",
    "http://:secret@host, http://:***@host",
    "HTTPS:\\\\user:secret@host\\x, HTTPS:\\\\user:***@host\\x",
    "https:///user:secret@host, https:///user:***@host",
    "http:user:secret@host/, http:***@host/",
    "user:secret@host/x, user:***@host/x",
    "//user:secret@host/x, //user:***@host/x",
    "user:secret@host?next=http://a:b@c/, user:***@host?next=http://a:b@c/",
    "http://user:@host/, http://***@host/",
    "http://TOKEN@host/, http://***@host/",
    "http://TOKEN@host:80/a@b:c, http://***@host:80/a@b:c",
    "http:\\\\TOKEN@host, http:\\\\***@host",
    "http:TOKEN@host/, http:***@host/",
    "TOKEN@host/x, ***@host/x",
    "//TOKEN@host/x, //***@host/x",
    "http://TO@KEN@host/, http://***@host/",
    "http://to%3Aken@[::1]/, http://***@[::1]/",
    "http://user:secret@[::1]:80/, http://user:***@[::1]:80/"
  })
  void masksThePasswordOfAUrl(String url, String masked) {
    assertThat(Redaction.ofUrl(url)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host/",
        "http://@host/",
        "http://host/a@b",
        "http://host:80/a@b",
        "http://host/?mail=me:you@host",
        "http://host#a:b@c",
        "host:80/x@y",
        "",
        ":",
        "@",
        "//",
        "http://"
      })
  void leavesAUrlWithoutAPasswordAsItIs(String url) {
    assertThat(Redaction.ofUrl(url)).isSameAs(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:sec/ret@host/, http://user:***@host/",
    "http://user:secret@ho st/, http://user:***@ho st/",
    "ftp://user:secret@host, ftp://user:***@host",
    "user:s#cret@host, user:***@host",
    "//user:sec?ret@host, //user:***@host",
    "ftp://TOKEN@host/, ftp://***@host/",
    "http://TOKEN@ho st/, http://***@ho st/",
    "http://TOKEN@h/ http://TOKEN@h/, http://***@h/ http:***@h/",
    "http://h/ http://TOKEN@h/, http://h/ http:***@h/",
    "http://TOKEN@h/ http://jo:TOKEN@h/, http://***@h/ http:***@h/",
    "http://h/@user/x y, http://h/@user/x y",
    "no url at all, no url at all"
  })
  void masksWhateverMayBeAPasswordInTextThatIsNoUrl(String text, String masked) {
    assertThat(Redaction.ofText(text)).isEqualTo(masked);
  }
}
