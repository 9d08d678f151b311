package fetch.body;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.FetchRequest;
import fetch.Target;
import fetch.http.url.HttpUrlParser;
import fetch.input.TargetParser.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files are called when nobody says how. */
class NamesTest {
  private static final String HASH = "~[a-z2-7]{12}";

  private final FileSystemTraits usual = new FileSystemTraits(true, ':');
  private final FileSystemTraits caseless = new FileSystemTraits(false, '+');

  static FetchRequest request(String url) {
    return switch (new HttpUrlParser().parse(url)) {
      case Parsed.Good(Target target) -> new FetchRequest(7, url, target);
      case Parsed.Bad bad -> throw new IllegalArgumentException(url + ": " + bad.reason());
    };
  }

  private String name(String url) {
    return new UrlNaming(usual).name(request(url)).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/, example.org/index.html",
    "https://example.org, example.org/index.html",
    "https://example.org/a/b.html, example.org/a/b.html",
    "https://example.org/a/b/, example.org/a/b/index.html",
    "https://example.org/a/b#part, example.org/a/b",
    "https://example.org:8443/a, example.org:8443/a",
    "http://example.org/a, example.org:80/a",
    "http://127.0.0.1:8080/a, 127.0.0.1:8080/a",
    "'http://[::1]:8080/a', '[::1]:8080/a'",
    "https://EXAMPLE.org/ReadMe.TXT, example.org/ReadMe.TXT",
    "https://example.org/caf%C3%A9/%E6%97%A5%E6%9C%AC, example.org/café/日本",
    "https://example.org/a%20b, example.org/a b",
    "https://example.org/.well-known/x, example.org/%2Ewell-known/x",
    "https://example.org/-rf, example.org/%2Drf",
    "https://example.org/a-b/c.-, example.org/a-b/c.-",
    "https://-a.example.org/.-, %2Da.example.org/%2E-"
  })
  void sayWhatTheUrlSays(String url, String name) {
    assertThat(name(url)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a?x=1, example.org/a~",
    "https://example.org/a.php?x=1, example.org/a~",
    "https://example.org/a?, example.org/a~",
    "https://example.org/index.html, example.org/index~",
    "https://example.org/%61, example.org/a~",
    "https://example.org/caf%c3%a9, example.org/café~",
    "https://example.org/a//b, example.org/a/_/b~",
    "https://example.org/%FF, example.org/%25FF~",
    "https://me@example.org/a, example.org/a~",
    "https://example.org/a~abcdefghijkl.png, example.org/a~abcdefghijkl~"
  })
  void haveAHashWhereTheyDoNotSayAll(String url, String start) {
    assertThat(name(url))
        .matches("\\Q" + start.substring(0, start.length() - 1) + "\\E" + HASH + "(\\.\\w+)?");
  }

  @Test
  void keepTheirExtensionWithAHash() {
    assertThat(name("https://example.org/a.php?x=1")).matches("example\\.org/a" + HASH + "\\.php");
    assertThat(name("https://example.org/?x=1")).matches("example\\.org/index" + HASH + "\\.html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/../../etc/passwd",
        "https://example.org/%2e%2e/%2e%2e/etc/passwd",
        "https://example.org/..%2f..%2fetc%2fpasswd",
        "https://example.org/..%5c..%5cetc",
        "https://example.org/...",
        "https://example.org/%2e%2e%2e/x",
        "https://example.org/%00/a%00b",
        "https://example.org/a%0Ab%1B%5B31m",
        "https://example.org/%E2%80%AEgpj.exe",
        "https://example.org/CON",
        "https://example.org/nul.txt",
        "https://example.org/com1.tar.gz",
        "https://example.org/LPT%C2%B9/a",
        "https://example.org/a./b.",
        "https://example.org/a%20/%20b%20",
        "https://example.org/a:b*c?d",
        "https://example.org/%22%3C%3E%7C",
        "https://example.org/.fetch-1-1.tmp",
        "https://example.org/.git/hooks/.htaccess",
        "https://example.org/%2egit/%2Dr",
        "https://example.org/--/-",
        "https://example.org/-con/con%20.txt",
        "https://example.org/" + "%00%E2%80%AE..%2F/",
      })
  void areSafeEverywhere(String url) {
    String name = name(url);
    assertThat(name).startsWith("example.org/").doesNotContain("//").doesNotEndWith("/");
    for (String component : name.split("/", -1)) {
      assertThat(component)
          .isNotIn("", ".", "..")
          .doesNotMatch("(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\\..*)?")
          .doesNotMatch(".*[\\p{Cc}\\p{Cf}\\\\:*?\"<>|].*")
          .doesNotMatch("[-. ].*|.*[. ]");
    }
  }

  @Test
  void fitHoweverLongTheUrlIs() {
    List<String> urls =
        List.of(
            "https://example.org/" + "a".repeat(5000) + ".html",
            "https://example.org/" + "%E6%97%A5".repeat(200) + ".html",
            "https://example.org/" + "%F0%9F%98%80".repeat(200) + "?x",
            "https://example.org/" + "%00".repeat(200),
            "https://example.org/" + "a".repeat(300) + "/b",
            "https://example.org/" + "d/".repeat(3000) + "e.png");
    for (String url : urls) {
      String name = name(url);
      assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThan(1400);
      assertThat(name).matches(".*" + HASH + "(\\.\\w+)?");
      for (String component : name.split("/", -1)) {
        assertThat(component.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 255);
        assertThat(component).doesNotContain("\uFFFD");
      }
    }
  }

  @Test
  void areDifferentForDifferentUrls() {
    List<String> urls =
        List.of(
            "https://example.org/",
            "https://example.org/index.html",
            "http://example.org/",
            "https://example.org:444/",
            "https://example.org/a",
            "https://example.org/a?",
            "https://example.org/a?b",
            "https://example.org/a?c",
            "https://example.org/%61",
            "https://example.org/A",
            "https://example.org/a/",
            "https://example.org/a/index.html",
            "https://example.org//a",
            "https://example.org/_/a",
            "https://example.org/a%2Fb",
            "https://example.org/a%2fb",
            "https://example.org/a/b",
            "https://example.org/a%252Fb",
            "https://example.org/a:b",
            "https://example.org/a%3Ab",
            "https://example.org/a%253Ab",
            "https://example.org/CON",
            "https://example.org/%43ON",
            "https://example.org/%2543ON",
            "https://example.org/x.",
            "https://example.org/x%2E",
            "https://example.org/x%252E",
            "https://example.org/%FF",
            "https://example.org/%25FF",
            "https://example.org/%ff",
            "https://example.org/%C3%A9",
            "https://example.org/e%CC%81",
            "https://example.org/.a",
            "https://example.org/%2Ea",
            "https://example.org/%252Ea",
            "https://example.org/-a",
            "https://example.org/%2Da",
            "https://example.org/%252Da");
    Map<String, String> names = new HashMap<>();
    for (String url : urls) {
      assertThat(names.put(name(url), url)).as(url).isNull();
    }
  }

  @Test
  void areDifferentWhereCaseDoesNotCount() {
    UrlNaming naming = new UrlNaming(caseless);
    List<String> urls =
        List.of(
            "https://example.org/readme", "https://example.org/README",
            "https://example.org/ReadMe", "https://example.org/%C3%A9",
            "https://example.org/%C3%89", "https://example.org/e%CC%81");
    assertThat(
            urls.stream().map(url -> naming.name(request(url)).toString().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates()
        .contains("example.org/readme");
    assertThat(naming.name(request("http://127.0.0.1:81/a"))).hasToString("127.0.0.1+81/a");
  }
}
