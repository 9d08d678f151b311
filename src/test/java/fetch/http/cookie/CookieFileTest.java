package fetch.http.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookie files in the format of Netscape. */
class CookieFileTest {
  private static final long NOW = 1_700_000_000_000L;

  @TempDir private Path directory;

  private CookieJar read(String text) throws IOException {
    CookieJar jar = new CookieJar();
    Path file = Files.writeString(directory.resolve("in"), text, StandardCharsets.ISO_8859_1);
    new CookieFile(file).read(jar, NOW, false);
    return jar;
  }

  private static String sent(CookieJar jar, String url) {
    return jar.header(HttpUrl.get(url), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h.example.org>FALSE>/>FALSE>0>a>1|a=1|",
        ".example.org>TRUE>/>FALSE>0>a>1|a=1|a=1",
        "example.org>TRUE>/>FALSE>0>a>1|a=1|a=1",
        "h.example.org>true>/>false>1800000000>a>1|a=1|",
        "#HttpOnly_h.example.org>FALSE>/>FALSE>0>a>1|a=1|",
        "# h.example.org>FALSE>/>FALSE>0>a>1||",
        "h.example.org>FALSE>/>FALSE>1600000000>a>1||",
        "h.example.org>FALSE>/>FALSE>1800000000.5>a>1|a=1|",
        "h.example.org>FALSE>/>FALSE>99999999999999999999>a>1|a=1|",
        "h.example.org>FALSE>/>FALSE>-1>a>1||",
        "h.example.org>FALSE>/>FALSE>never>a>1||",
        "h.example.org>FALSE>/>FALSE>0>a|a=|",
        "h.example.org>FALSE>/>FALSE>0>a>|a=|",
        "h.example.org>FALSE>FALSE>0>a>1|a=1|",
        "h.example.org>FALSE>/other>FALSE>0>a>1||",
        "h.example.org>FALSE>/>FALSE>0>a>1>x||",
        "h.example.org>FALSE>/>FALSE>0||",
        "h.example.org FALSE / FALSE 0 a 1||",
        "h.example.org>FALSE>/>TRUE>0>a>1||",
        ".org>TRUE>/>FALSE>0>a>1||",
        ".co.uk>TRUE>/>FALSE>0>a>1||",
        "h.example.org>FALSE>/>FALSE>0>__Host-a>1||",
        ">FALSE>/>FALSE>0>a>1||",
        "Set-Cookie: a=1; Domain=example.org|a=1|a=1",
        "set-cookie: a=1||",
      })
  void hasACookieOnEachLine(String line, String sent, String sentBeside) throws IOException {
    CookieJar jar = read(line.replace('>', '\t') + "\r\n");

    assertThat(sent(jar, "http://h.example.org/x")).isEqualTo(sent == null ? "" : sent);
    assertThat(sent(jar, "http://g.example.org/x")).isEqualTo(sentBeside == null ? "" : sentBeside);
  }

  @Test
  void isWrittenAsItWasRead() throws IOException {
    String lines =
        "h.example\tFALSE\t/\tFALSE\t0\ta\tcaf\u00e9 \"x\"\n"
            + ".example.org\tTRUE\t/x\tTRUE\t1800000000\tb\t\n"
            + "#HttpOnly_::1\tFALSE\t/\tFALSE\t0\tc\t3\n";
    CookieJar jar = read("# Netscape HTTP Cookie File\n\n" + lines);
    Path out = directory.resolve("out");

    new CookieFile(out).write(jar, NOW);

    assertThat(Files.readString(out, StandardCharsets.ISO_8859_1))
        .startsWith("# Netscape HTTP Cookie File\n#")
        .endsWith("\n\n" + lines);
  }

  @Test
  void mayLeaveOutSessionCookies() throws IOException {
    CookieJar jar = new CookieJar();
    Path file =
        Files.writeString(
            directory.resolve("in"),
            "h.example\tFALSE\t/\tFALSE\t0\ta\t1\nh.example\tFALSE\t/\tFALSE\t1800000000\tb\t2\n");

    assertThat(new CookieFile(file).read(jar, NOW, true)).isEqualTo(1);
    assertThat(sent(jar, "http://h.example/")).isEqualTo("b=2");
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "needs links and permissions of POSIX")
  void isForThisUserOnly() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "before");
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    CookieJar jar = new CookieJar();
    jar.store(List.of("a=1"), HttpUrl.get("http://h.example/"), NOW);

    new CookieFile(link).write(jar, NOW);

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(target)).endsWith("\ta\t1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("target", "link");
  }

  @Test
  void saysWhatCannotBeRead() {
    assertThatThrownBy(() -> new CookieFile(directory).read(new CookieJar(), NOW, false))
        .hasMessage(directory + ": is a directory");
  }
}
