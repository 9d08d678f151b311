package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/",
        "https://example.org/",
        "HTTP://EXAMPLE.ORG",
        "hTTps:example.org",
        "http:",
        "https:///example.org",
        "http://localhost",
        "https://127.0.0.1/"
      })
  void leavesHttpAndHttpsAsTheyAre(String text) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Web(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "example.org/x",
        "example.org:8443/x",
        "example.org?u=http://localhost/",
        "example.org#localhost",
        "EXAMPLE.ORG",
        "münchen.example/straße",
        "http",
        "https/x",
        "user@example.org",
        "user:pw@example.org/x",
        "user:localhost@example.org",
        "first.last:p:w@example.org:81",
        "localhost@example.org",
        "127.0.0.1@example.org",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "8.8.8.8",
        "8.8.8.8:53/x",
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "11.0.0.1",
        "126.255.255.255",
        "999.0.0.1",
        "0.0.0.0",
        "[2001:db8::1]",
        "[2001:db8::1]:8443/x",
        "[fbff::1]",
        "[fe00::1]",
        "[::2]",
        "[::1",
        "[]",
        "[x]",
        "host name/x",
        "%%",
        "1http:x"
      })
  void takesWhatHasNoSchemeAsHttps(String text) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Web("https://" + text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost/x",
        "LocalHost:8080/x",
        "localhost?q",
        "localhost#f",
        "user@localhost",
        "user:pw@localhost:8080/x",
        "user:p@w@localhost",
        "127.0.0.1",
        "127.255.0.9:8080/x",
        "127.1",
        "10.0.0.1",
        "10.255.255.255:80",
        "172.16.0.1",
        "172.31.255.255/x",
        "192.168.0.1",
        "192.168.255.255?x",
        "user:pw@192.168.0.1:8080",
        "[::1]",
        "[::1]:8080/x",
        "[0:0:0:0:0:0:0:1]#x",
        "user:pw@[::1]:8080",
        "[fc00::1]",
        "[fdff:ffff::1]:80/x",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]/"
      })
  void takesALocalOrPrivateHostWithoutASchemeAsHttp(String text) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Web("http://" + text));
  }

  @ParameterizedTest
  @CsvSource({
    "//example.org/x, https://example.org/x",
    "//localhost/x, http://localhost/x",
    "//user:pw@10.0.0.1, http://user:pw@10.0.0.1"
  })
  void putsTheSchemeInFrontOfTwoSlashes(String text, String url) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Web(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "///example.org",
        "\\\\server\\share",
        "//",
        "?q",
        "/",
        "\u00adhttp://h/",
        "a_b://h/"
      })
  void makesNoUrlOfAPath(String text) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Web(text));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.org/, ftp",
    "FTP://example.org/, ftp",
    "file:///etc/passwd, file",
    "file:/etc/passwd, file",
    "ws://localhost:80/, ws",
    "git+ssh://git@example.org/x, git+ssh",
    "h323:x, h323",
    "c:\\windows, c",
    "foo:bar, foo",
    "httpx://example.org, httpx"
  })
  void knowsOtherSchemes(String text, String name) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Other(name, false));
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:me@example.org, mailto",
    "MAILTO:me@example.org, mailto",
    "javascript:alert(1), javascript",
    "javascript://%0aalert(1), javascript",
    "'data:text/html,x@y', data",
    "tel:123, tel",
    "about:blank, about",
    "view-source:https://example.org/, view-source"
  })
  void knowsSchemesThatHaveNoHost(String text, String name) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Other(name, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:80", "host:80/x", "host:8080?x", "a-b:1", "a.b:x", "a.b:/x"})
  void takesANameBeforeAPortForAHost(String text) {
    assertThat(Scheme.of(text)).isEqualTo(new Scheme.Web("https://" + text));
  }
}
