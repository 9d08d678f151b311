package fetch.http.url;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.Target;
import fetch.input.TargetParser.Parsed;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlParserTest {
  private static final List<String> AUTHORITIES =
      List.of("a.example", "b.example:8080", "A.EXAMPLE:80", "127.0.0.1:81", "127.1", "[::1]:82");

  private static final List<String> PIECES =
      List.of(
          ("a,B,9,/,//,\\,.,..,/../,/./,%2e,%2E%2e,%,%4,%zz,%00,?,#,@,:,:80,;,&,=,+,[,],{,|,<,\",',`,^,~,$,"
               + " ,\t,\n"
               + ",\r"
               + ",\f,\u0000,\u007f,\u00a0,\u0085,é,ß,ü.example,。,\u200d,"
               + "\ud83d\ude00,\ud83d,xn--,http:,ftp://,jo:secret@,1.2.3.4.5,0x7f.1,[::1,example")
              .split(",", -1));

  private static Target target(String url) {
    return ((Parsed.Good) new HttpUrlParser().parse(url)).target();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example, http://a.example/, a.example, 80",
    "HTTPS://A.Example/X, https://a.example/X, a.example, 443",
    "http://a.example:8080/?q=1#f, http://a.example:8080/?q=1#f, a.example, 8080",
    "http://a.example:80/, http://a.example/, a.example, 80",
    "http://[::1]:81/, http://[::1]:81/, ::1, 81",
    "http://[0:0::1]/, http://[::1]/, ::1, 80",
    "http://bücher.example/, http://xn--bcher-kva.example/, xn--bcher-kva.example, 80",
    "http://a.example/a b, http://a.example/a%20b, a.example, 80",
    "http://a.example/ü?ü, http://a.example/%C3%BC?%C3%BC, a.example, 80",
    "http:/a.example, http://a.example/, a.example, 80",
    "http:\\\\a.example\\x, http://a.example/x, a.example, 80",
    "http://under_score.example/, http://under_score.example/, under_score.example, 80",
    "http://-a-._b_.c~d.example./, http://-a-._b_.c~d.example./, -a-._b_.c~d.example., 80",
    "http://ab--cd.1x.example/, http://ab--cd.1x.example/, ab--cd.1x.example, 80",
    "http://a_b.bücher.example/, http://a_b.xn--bcher-kva.example/, a_b.xn--bcher-kva.example, 80",
    "http://XN--BCHER-KVA.example/, http://xn--bcher-kva.example/, xn--bcher-kva.example, 80",
    "http://axn--foo-.example/xn--foo-, http://axn--foo-.example/xn--foo-, axn--foo-.example, 80",
    "http://i❤.example/, http://xn--i-7iq.example/, xn--i-7iq.example, 80",
    "http://a。example/, http://a.example/, a.example, 80",
    "http://a%5Fb%2eexample/, http://a_b.example/, a_b.example, 80",
    "http://mün_chen.example/, http://xn--mn_chen-n2a.example/, xn--mn_chen-n2a.example, 80",
    "http://XN--mn_chen-n2a.example:81, http://xn--mn_chen-n2a.example:81/,"
        + " xn--mn_chen-n2a.example, 81",
    "HTTP://@xn--mn_chen-n2a:81, http://xn--mn_chen-n2a:81/, xn--mn_chen-n2a, 81",
    "http://a~bü.Ä_b.test/, http://xn--a~b-joa.xn--_b-uia.test/, xn--a~b-joa.xn--_b-uia.test, 80",
    "http://☃_日本_fa_ß_🐟.test/, http://xn--__fa__-fta2717emf9fpxcur01n.test/,"
        + " xn--__fa__-fta2717emf9fpxcur01n.test, 80",
    "http://-ä.ü-.test/, http://xn----0fa.xn----dha.test/, xn----0fa.xn----dha.test, 80",
    "http://ä．b｡c_。test/, http://xn--4ca.b.c_.test/, xn--4ca.b.c_.test, 80",
    "http://ä_．test/, http://xn--_-zfa.test/, xn--_-zfa.test, 80",
    "http://127.1/, http://127.0.0.1/, 127.0.0.1, 80",
    "http://2130706433:1/, http://127.0.0.1:1/, 127.0.0.1, 1",
    "http://0177.0.0.01/, http://127.0.0.1/, 127.0.0.1, 80",
    "http://017700000001/, http://127.0.0.1/, 127.0.0.1, 80",
    "http://0X7F.1/, http://127.0.0.1/, 127.0.0.1, 80",
    "http://0xffffffff/, http://255.255.255.255/, 255.255.255.255, 80",
    "http://127.0.0x/, http://127.0.0.0/, 127.0.0.0, 80",
    "http://127.65535/, http://127.0.255.255/, 127.0.255.255, 80",
    "http://127.0.0.1./, http://127.0.0.1/, 127.0.0.1, 80",
    "http://①②⑦.⓪.⓪.①/, http://127.0.0.1/, 127.0.0.1, 80",
    "http://0/, http://0.0.0.0/, 0.0.0.0, 80",
    "http://1.0x7g/, http://1.0x7g/, 1.0x7g, 80",
    "http://1.example/, http://1.example/, 1.example, 80"
  })
  void putsAUrlInNormalForm(String url, String location, String host, int port) {
    assertThat(target(url))
        .usingRecursiveComparison()
        .ignoringFields("parsed")
        .isEqualTo(new Target(location, location, host, port));
  }

  @Test
  void showsNoPassword() {
    Target target = target("http://jo:secret@a.example/");
    assertThat(target.location()).isEqualTo("http://jo:secret@a.example/");
    assertThat(target.url()).isEqualTo("http://jo:***@a.example/");
    assertThat(target.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://, 'not a URL: its host is empty or has invalid characters'",
    "http:///, 'not a URL: its host is empty or has invalid characters'",
    "http://a b/, 'not a URL: its host is empty or has invalid characters'",
    "http://[::1/, 'not a URL: its host is empty or has invalid characters'",
    "http://a.example:99999/, 'not a URL: its port is not between 1 and 65535'",
    "http://a.example:x/, 'not a URL: its port is not between 1 and 65535'",
    "http://a.example:0/, 'not a URL: its port is not between 1 and 65535'",
    "http://999.1.1.1/, 'not a URL: its host is neither a name nor an IP address'",
    "http://08.1.1.1/, 'not a URL: its host is neither a name nor an IP address'",
    "http://0x7g.1/, 'not a URL: its host is neither a name nor an IP address'",
    "http://1..1/, 'not a URL: its host is empty or has invalid characters'",
    "http://0x100000000/, 'not a URL: its host is neither a name nor an IP address'",
    "http://127.16777216/, 'not a URL: its host is neither a name nor an IP address'",
    "http://99999999999999999999/, 'not a URL: its host is neither a name nor an IP address'",
    "http://example.1/, 'not a URL: its host is neither a name nor an IP address'",
    "http://1.2.3.4.5/, 'not a URL: its host is neither a name nor an IP address'",
    "http://99999999999/, 'not a URL: its host is neither a name nor an IP address'",
    "http://xn--foo-/, 'not a URL: its host is neither a name nor an IP address'",
    "HTTP://A:B@XN--FOO-.example:80, 'not a URL: its host is neither a name nor an IP address'",
    "http://www.xn--foo-.example/, 'not a URL: its host is neither a name nor an IP address'",
    "http://xn--a_b-8ya.example/, 'not a URL: its host is neither a name nor an IP address'",
    "http://a{b}/, 'not a URL: its host is neither a name nor an IP address'",
    "http://a<b/, 'not a URL: its host is neither a name nor an IP address'",
    "'\"http://a.example/\"', not a URL",
    "https://\"http//a.example/, 'not a URL: its host is neither a name nor an IP address'",
    "http://クラス={0}/, 'not a URL: its host is neither a name nor an IP address'",
    "ftp://a.example/, not a URL",
    "'', not a URL"
  })
  void saysWhatIsWrong(String url, String reason) {
    assertThat(new HttpUrlParser().parse(url)).isEqualTo(new Parsed.Bad(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://jo:secret@/",
        "http://jo:secret@a b/",
        "http://jo:secret@a.example:x/",
        "http://jo:secret@[/"
      })
  void showsNoPasswordInAReason(String url) {
    assertThat(((Parsed.Bad) new HttpUrlParser().parse(url)).reason()).doesNotContain("secret");
  }

  private static String some(Random random, List<String> words, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(words.get(random.nextInt(words.size())));
    }
    return text.toString();
  }

  /** A scheme in capitals is not known by heart, so that OkHttp parses the whole. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void whatItKnowsOfAnOriginChangesNothing(String scheme) {
    HttpUrlParser parser = new HttpUrlParser();
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String authority =
          random.nextInt(4) == 0 ? some(random, PIECES, 4) : some(random, AUTHORITIES, 1);
      String rest = "://" + authority + '/' + some(random, PIECES, 6);
      String whole = scheme.toUpperCase(Locale.ROOT) + rest;
      assertThat(parser.parse(scheme + rest))
          .as(rest)
          .isEqualTo(parser.parse(whole))
          .isEqualTo(parser.parse(scheme + rest));
    }
  }

  @Test
  void aReferenceToTheOriginOfItsBaseLeadsWhereAnyBaseWouldLead() {
    HttpUrl base = HttpUrl.get("http://u.example:8080/from/here?q");
    HttpUrl elsewhere = HttpUrl.get("http://other.example/");
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      String authority = "u.example:8080".substring(0, 9 + random.nextInt(6));
      String reference = "http://" + authority + '/' + some(random, PIECES, 6);
      assertThat(HttpUrlParser.resolve(base, reference))
          .as(reference)
          .isEqualTo(HttpUrlParser.resolve(elsewhere, reference));
    }
  }

  @Test
  void aReferenceWithoutTheUserOfItsBaseHasNone() {
    assertThat(
            HttpUrlParser.resolve(HttpUrl.get("http://jo:secret@a.example/"), "http://a.example/x"))
        .hasToString("http://a.example/x");
  }

  @Test
  void keepsOriginsOfOneHashApart() {
    HttpUrlParser parser = new HttpUrlParser();
    for (int round = 0; round < 2; round++) {
      for (String host : List.of("AaAa.example", "BBBB.example", "AaBB.example")) {
        assertThat(parser.parse("http://" + host + "/x"))
            .isEqualTo(parser.parse("HTTP://" + host + "/x"));
      }
    }
  }
}
