package fetch.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6266 and RFC 8187. */
class DispositionFileNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "attachment; filename=foo.html | foo.html",
        "attachment; filename=\"foo.html\" | foo.html",
        "inline; filename=\"a;b, c.txt\" | a;b, c.txt",
        "attachment;filename=\"f\\oo.html\" | foo.html",
        "attachment; filename=\"say \\\"hi\\\".txt\" | say \"hi\".txt",
        "ATTACHMENT; FILENAME=foo | foo",
        "attachment ; filename = \"foo\" ; size=3 | foo",
        "attachment; foo=\"filename=bar\"; filename=baz | baz",
        "filename=foo.html | foo.html",
        "filename=\"a;b\"; x=y | a;b",
        "attachment; filename=my report.pdf | my report.pdf",
        "attachment; filename=\"no end.pdf | no end.pdf",
        "attachment; filename='foo' | 'foo'",
        "attachment; filename=a%20b | a%20b",
        "attachment; filename=one; filename=two | one",
        "attachment; filename*=UTF-8''foo-%c3%a4-%e2%82%ac.html | foo-\u00e4-\u20ac.html",
        "attachment; filename*=iso-8859-1'en'foo-%E4.html | foo-\u00e4.html",
        "attachment; filename=\"plain\"; filename*=UTF-8''ext%20ended | ext ended",
        "attachment; filename*=UTF-8''extended; filename=\"plain\" | extended",
        "attachment; filename*=\"UTF-8''quoted\"; filename=plain | quoted",
        "attachment; filename*=UTF-8''%e4; filename=plain | plain",
        "attachment; filename*=UTF-8''%zz; filename=plain | plain",
        "attachment; filename*=UTF-8''a%2; filename=plain | plain",
        "attachment; filename*=no-such''x; filename=plain | plain",
        "attachment; filename*=foo; filename=plain | plain",
        "attachment; filename*=UTF-8''; filename=plain | plain",
        "attachment; filename*0=a; filename*1=b; filename=plain | plain",
        "attachment; filename=/etc/passwd | passwd",
        "attachment; filename*=UTF-8''..%2f..%2Fx | x",
        "attachment; filename=\"\u4e16\u754c.txt\" | \u4e16\u754c.txt",
      })
  void isTheLastPathComponent(String field, String name) {
    assertThat(DispositionFileName.of(field)).isEqualTo(name);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        ";",
        "attachment",
        "attachment; filename",
        "attachment; filename=",
        "attachment; filename=\"\"",
        "attachment; filename=\" \"",
        "attachment; filename=dir/",
        "attachment; filename=..",
        "attachment; filename=\"",
        "attachment; filename=\"\\",
        "attachment; filename*=",
        "attachment; name=x"
      })
  void isAbsent(String field) {
    assertThat(DispositionFileName.of(field)).isNull();
  }
}
