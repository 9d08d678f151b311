package fetch.input;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.BadLine;
import fetch.Entry;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.url.HttpUrlParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryParserTest {
  private static final Source LIST = new Source.ListFile(Path.of("list.txt"));

  private final EntryParser parser = new EntryParser(new HttpUrlParser());

  private Entry parse(String text) {
    return parser.parse(7, new Line(12, text, null), LIST);
  }

  @Test
  void makesARequestOfAUrl() {
    FetchRequest request = (FetchRequest) parse("http://Example.ORG:8080/ä?c#d");

    assertThat(request.urlnum()).isEqualTo(7);
    assertThat(request.input()).isEqualTo("http://Example.ORG:8080/ä?c#d");
    assertThat(request.target().url()).isEqualTo("http://example.org:8080/%C3%A4?c#d");
    assertThat(request.target().host()).isEqualTo("example.org");
    assertThat(request.target().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org/x, https://example.org/x, 443",
    "localhost/x, http://localhost/x, 80",
    "//[::1]:8080, http://[::1]:8080/, 8080",
    "bücher.example, https://xn--bcher-kva.example/, 443"
  })
  void completesWhatHasNoScheme(String text, String url, int port) {
    FetchRequest request = (FetchRequest) parse(text);

    assertThat(request.input()).isEqualTo(text);
    assertThat(request.target().url()).isEqualTo(url);
    assertThat(request.target().port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:secret@example.org/",
        "user:secret@example.org/",
        "//user:secret@localhost/",
        "http:user:secret@example.org",
        "https:\\\\user:secret@example.org",
        "http://user:secret@example.org/a@b",
        "http://us%3Aer:secret@example.org/"
      })
  void keepsThePasswordForTheRequestOnly(String text) {
    FetchRequest request = (FetchRequest) parse(text);

    assertThat(request.target().location()).contains("secret");
    assertThat(request.input() + request.target().url() + request).doesNotContain("secret@ex");
    assertThat(request.input()).contains("***@").doesNotContain("secret");
    assertThat(request.target().url()).contains("***@").doesNotContain("secret");
    assertThat(request.target()).asString().doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:sec/ret@example.org/",
        "http://user:secret@exa mple.org/",
        "user:secret@:80",
        "ftp://user:secret@example.org/",
        "//user:secret@exa mple.org"
      })
  void keepsPasswordsOutOfBadLinesToo(String text) {
    BadLine line = (BadLine) parse(text);

    assertThat(line.input()).contains("***@").doesNotContain("ret@");
    assertThat(line.message()).doesNotContain("sec");
  }

  @ParameterizedTest
  @CsvSource({
    "http://, 'its host is empty or has invalid characters'",
    "http://exa mple.org/, 'a space; write it as %20, or read a table with -i tsv or -i csv'",
    "http://example.org/ b, 'a space; write it as %20, or read a table with -i tsv or -i csv'",
    "'http://example.org/\thttp://h/', it contains a tab; read a table with -i tsv",
    "'http://example.org/\u0007', 'it contains a control character, U+0007'",
    "http://example.org/\u0085, 'it contains a control character, U+0085'",
    "http://exa\u2028mple.org/, 'it contains a control character, U+2028'",
    "'http://exa\n" + "mple.org/', 'it contains a control character, U+000A'",
    "http://example.org:99999/, its port is not between 1 and 65535",
    "http://example.org:x/, its port is not between 1 and 65535",
    "/etc/passwd, not a URL",
    "%%, 'its host is empty or has invalid characters'",
    "http://[::1/, ''",
    "??, ''"
  })
  void saysWhatIsWrongAndWhere(String text, String reason) {
    BadLine line = (BadLine) parse(text);

    assertThat(line.urlnum()).isEqualTo(7);
    assertThat(line.input()).isEqualTo(text);
    assertThat(line.kind()).isEqualTo(FailureKind.INVALID_URL);
    assertThat(line.message()).startsWith("line 12 of list.txt: not a URL").endsWith(reason);
  }

  /** A cell or a string ends where it ends, so that a blank in it can be of the URL alone. */
  @ParameterizedTest
  @CsvSource({
    "http://h/a b, http://h/a%20b",
    "http://h/a\tb, 'not a URL: it contains a tab; read a table with -i tsv'",
    "'http://h/a\n" + "http://h/b', 'not a URL: it contains a control character, U+000A'"
  })
  void takesTheUrlOfARowWithBlanks(String text, String expected) {
    Row row = new Row.Good(text, null, null);
    String found =
        switch (parser.parse(0, new Line(1, text, null), LIST, row)) {
          case FetchRequest request -> request.target().url();
          case BadLine bad -> bad.message().substring("line 1 of list.txt: ".length());
        };

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void refusesOtherSchemes() {
    BadLine line = (BadLine) parse("FTP://example.org/");

    assertThat(line.kind()).isEqualTo(FailureKind.UNSUPPORTED_SCHEME);
    assertThat(line.input()).isEqualTo("FTP://example.org/");
    assertThat(line.message())
        .isEqualTo("line 12 of list.txt: fetch supports http and https, not ftp");
  }

  @Test
  void showsAMailAddressAsItIs() {
    BadLine line = (BadLine) parse("mailto:me@example.org");

    assertThat(line.kind()).isEqualTo(FailureKind.UNSUPPORTED_SCHEME);
    assertThat(line.input()).isEqualTo("mailto:me@example.org");
  }

  @Test
  void reportsTheFaultOfALine() {
    Line faulty = new Line(3, "http://user:secret@x", "the line is not UTF-8");

    BadLine line = (BadLine) parser.parse(0, faulty, LIST);

    assertThat(line.kind()).isEqualTo(FailureKind.INVALID_URL);
    assertThat(line.message()).isEqualTo("line 3 of list.txt: the line is not UTF-8");
    assertThat(line.input()).isEqualTo("http://user:***@x");
  }

  @Test
  void namesNoLineOfTheCommandLine() {
    Line bare = new Line(1, "http://", null);

    BadLine line = (BadLine) parser.parse(0, bare, new Source.BareUrl("http://"));

    assertThat(line.message()).startsWith("the command line: not a URL");
  }
}
