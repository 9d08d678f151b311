package fetch.body;

import static fetch.body.NamesTest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files are called by a template. */
class TemplatesTest {
  private static final String HASH = "[a-z2-7]{12}";

  private static String name(String template, String url) {
    return name(template, url, "text/html; charset=utf-8");
  }

  private static String name(String template, String url, String contentType) {
    TemplateNaming naming = new TemplateNaming(template, new FileSystemTraits(true, ':'));
    return naming.name(request(url), contentType, () -> null).toString();
  }

  private static String remote(String template, String disposition) {
    TemplateNaming naming = new TemplateNaming(template, new FileSystemTraits(true, ':'));
    return naming.name(request("http://h/d/a%20b.php?id=1"), null, () -> disposition).toString();
  }

  @Test
  void takeTheNameOfTheResponse() {
    String disposition = "attachment; filename=\"Annual report.pdf\"";
    assertThat(remote("{urlnum}-{remote_name}", disposition)).isEqualTo("7-Annual report.pdf");
    assertThat(remote("{hash}/{remote_name}", disposition)).matches(HASH + "/Annual report.pdf");
    assertThat(remote("{remote_name}", disposition)).matches("Annual report~" + HASH + "\\.pdf");
    assertThat(remote("{urlnum}-{remote_name}", null)).isEqualTo("7-a b.php");
    assertThat(remote("{urlnum}-{remote_name}", "inline")).isEqualTo("7-a b.php");
  }

  @ParameterizedTest
  @CsvSource({
    "'..', 7/a b.php",
    "'../../etc/passwd', 7/passwd",
    "'..%2fx', 7/%2E.%252fx",
    "'C:\\x\\y.exe', 7/y.exe",
    "'.htaccess', 7/%2Ehtaccess",
    "'.fetch-1.tmp', 7/%2Efetch-1.tmp",
    "'-rf', 7/%2Drf",
    "'aux.txt', 7/%61ux.txt",
    "'CON', 7/%43ON",
    "'a:b|c', 7/a%3Ab%7Cc",
    "'a\u202egpj.exe', 7/a%E2%80%AEgpj.exe",
    "'a\u0001\u007f', 7/a%01%7F",
    "'a. ', 7/a%2E",
    "'\u4e16\u754c.txt', 7/\u4e16\u754c.txt"
  })
  void makeTheNameOfTheResponseSafe(String sent, String name) {
    String quoted = sent.replace("\\", "\\\\");
    assertThat(remote("{urlnum}/{remote_name}", "attachment; filename=\"" + quoted + "\""))
        .isEqualTo(name);
  }

  @Test
  void shortenTheNameOfTheResponse() {
    String name = remote("{urlnum}/{remote_name}", "x; filename=" + "\u00e9".repeat(200) + ".pdf");

    assertThat(name).matches("7/\u00e9+~" + HASH + "\\.pdf");
    assertThat(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeLessThan(243);
  }

  @Test
  void haveTheNameOfTheResponseAtTheirEndOnly() {
    assertThat(TemplateNaming.isRemote("{urlnum}/x-{remote_name}")).isTrue();
    assertThat(TemplateNaming.isRemote("{urlnum}/{name}")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemplateNaming.check("{remote_name}/{urlnum}"))
        .withMessage("{remote_name} is not in the last part of '{remote_name}/{urlnum}'");
  }

  @ParameterizedTest
  @CsvSource({
    "{urlnum}, 7",
    "{urlnum:08}{ext}, 00000007.png",
    "{host}/{urlnum:3}{ext}, example.org:80/007.png",
    "{host}/{path}, example.org:80/a/b.c.png",
    "{scheme}/{host}/{path}, http/example.org:80/a/b.c.png",
    "{urlnum}-{name}, 7-b.c.png",
    "{urlnum}-{stem}, 7-b.c",
    "{urlnum}-{port}, 7-80",
    "x{{{urlnum}}}, x{7}",
    "/etc/{urlnum}, etc/7",
    "../{urlnum}, %2E%2E/7",
    "a//./{urlnum}/, a/%2E/7/_"
  })
  void areFilledIn(String template, String name) {
    assertThat(name(template, "http://example.org/a/b.c.png")).isEqualTo(name);
  }

  @Test
  void takeTheExtensionFromTheContentTypeWhereThePathHasNone() {
    assertThat(name("{urlnum}{ext}", "http://h/a")).isEqualTo("7.html");
    assertThat(name("{urlnum}{ext}", "http://h/")).isEqualTo("7.html");
    assertThat(name("{urlnum}{ext}", "http://h/", "application/PDF ")).isEqualTo("7.pdf");
    assertThat(name("{urlnum}{ext}", "http://h/a.b/c", "image/jpeg")).isEqualTo("7.jpg");
    assertThat(name("{urlnum}{ext}", "http://h/a", "../evil")).isEqualTo("7");
    assertThat(name("{urlnum}{ext}", "http://h/a", null)).isEqualTo("7");
    assertThat(name("{urlnum}{ext}", "http://h/a.PNG?x", null)).isEqualTo("7.PNG");
  }

  @Test
  void haveAHashUnlessTheyTellUrlsApart() {
    assertThat(name("{name}", "http://h/a.png")).matches("a~" + HASH + "\\.png");
    assertThat(name("{host}", "http://h/a.png")).matches("h:80~" + HASH);
    assertThat(name("{hash:4}", "http://h/a.png")).matches("[a-z2-7]{4}~" + HASH);
    assertThat(name("{host}/{path}", "http://h/a?b")).matches("h:80/a~" + HASH);
    assertThat(name("{hash:2}/{hash}{ext}", "http://h/a.png"))
        .matches("([a-z2-7]{2})/\\1[a-z2-7]{10}\\.png");
    assertThat(name("{query}", "http://h/a?q=%2e%2e%2Fx")).matches("q=\\.\\.%2Fx~" + HASH);
  }

  @Test
  void cannotLeadOutOfTheirDirectory() {
    assertThat(name("{urlnum}/{stem}", "http://h/%2e%2e%2f%2e%2e")).isEqualTo("7/%2E.%2F.%2E");
    assertThat(name("{urlnum}/{query}", "http://h/?..")).isEqualTo("7/%2E%2E");
    assertThat(name("{urlnum}\u0000\n\\..", "http://h/")).doesNotContain("\u0000", "\n", "\\");
  }

  @ParameterizedTest
  @CsvSource({
    "{path}, http://h/.bashrc, %2Ebashrc",
    "{path}, http://h/.git/hooks/-x, %2Egit/hooks/%2Dx",
    "{name}, http://h/a/.htaccess, %2Ehtaccess",
    "{name}, http://h/-rf, %2Drf",
    "{stem}, http://h/.a.b, %2Ea",
    "{stem}{ext}, http://h/-.png, %2D.png",
    "{ext}, http://h/a.png, %2Epng",
    "{query}, http://h/a?-x, %2Dx",
    "{query}, http://h/a?%2e%2e/%2e%2e, %2E.%2F.%2E",
    "{query}.txt, http://h/a, %2Etxt",
    "{query}-{urlnum}, http://h/a, %2D7",
    "{host}, http://-a.b/, %2Da.b:80",
    "{path}/{name}, http://h/a/.b, a/%2Eb/%2Eb",
    "x{name}, http://h/.b, x%2Eb"
  })
  void neverBeginWithADotOrAHyphenThatTheUserDidNotWrite(String template, String url, String name) {
    assertThat(name("{urlnum}/" + template, url)).isEqualTo("7/" + name);
    assertThat(name(template, url)).startsWith(name.substring(0, 3));
  }

  @ParameterizedTest
  @CsvSource({
    ".cache/{urlnum}, .cache/7",
    ".{urlnum}, .7",
    "-{urlnum}/.{name}, -7/.b",
    "{urlnum}/-/b, 7/-/b",
    ".fetch-{urlnum}, %2Efetch-7"
  })
  void mayBeginAsTheUserWrote(String template, String name) {
    assertThat(name(template, "http://h/b")).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{foo}|there is no field {foo}; the fields are {scheme}, {host}",
        "{Host}|{Host} is not a field such as",
        "{}|{} is not a field",
        "a{host|an unmatched brace",
        "a}b|an unmatched brace",
        "{host:3}|only urlnum and hash have a width",
        "{urlnum:999}|is not a field such as"
      })
  void areRefusedWithAReason(String template, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemplateNaming.check(template))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{host}/{urlnum:08}{ext}", "{path}", "plain", "{{}}"})
  void areTaken(String template) {
    TemplateNaming.check(template);
  }

  @Test
  void areNotEmpty() {
    assertThatIllegalArgumentException().isThrownBy(() -> TemplateNaming.check(""));
  }
}
