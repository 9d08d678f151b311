package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.strategy.StrategyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No password is printed or logged, however much is asked for and whatever fails. */
class SecretsTest {
  private static final String SECRET = "tops3cret";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertKept(Ended ended) {
    assertThat(ended.everything())
        .isNotEmpty()
        .doesNotContain(SECRET)
        .doesNotContain(base64("me:" + SECRET))
        .doesNotContain("\tat ");
  }

  private String list() {
    String login = "me:" + SECRET + "@";
    String server = login + "127.0.0.1:" + site.port();
    return String.join(
        "\n",
        "http://" + server + "/good",
        "http://" + server + "/status/500",
        "http://" + server + "/hangup",
        "http://" + server + "/moved/there",
        "http://" + server + "/silent",
        "https://" + server + "/not-tls",
        server + "/no-scheme",
        "http://" + login + "127.0.0.1:1/refused",
        "http://" + login + "127.0.0.1:99999/bad-port",
        "http://" + login + "/no-host",
        "http://" + login + "exa mple/",
        "http://me:" + SECRET + "/x@127.0.0.1:1/",
        "ftp://" + login + "127.0.0.1/",
        "\u0001http://" + login + "127.0.0.1/",
        "http:" + login + "127.0.0.1:1/",
        "http://me%3A:" + SECRET + "@[::1/");
  }

  @ParameterizedTest
  @EnumSource(StrategyKind.class)
  void keepsPasswordsInUrls(StrategyKind strategy) {
    for (String format : new String[] {"text", "jsonl"}) {
      Ended ended =
          InProcess.fetch(list(), "-s" + strategy, "-f" + format, "-vv", "-m0.3", "--retry=0");

      assertKept(ended);
      assertThat(ended.records()).hasSize(list().split("\n").length);
      assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.SOME_FAILED);
    }
  }

  @Test
  void keepsPasswordsInOptions() {
    Ended ended =
        InProcess.fetch(
            site.url("/good") + "\n" + site.url("/hangup") + "\n" + site.url("/moved/x"),
            "-vv",
            "--credentials-for=127.0.0.1",
            "-u",
            "me:" + SECRET,
            "-b",
            "session=" + SECRET,
            "-H",
            "X-Api-Key: " + SECRET);

    assertKept(ended);
    assertThat(site.requests().peek())
        .contains("Authorization: Basic " + base64("me:" + SECRET))
        .contains("Cookie: session=" + SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void keepsThePasswordOfAProxyThatDoesNotWork(String scheme) {
    for (int port : new int[] {1, site.port()}) {
      String proxy = scheme + "://me:" + SECRET + "@127.0.0.1:" + port;
      String urls = "http://127.0.0.2/\nhttps://127.0.0.2/\n";

      assertKept(InProcess.fetch(urls, "-vv", "-m1", "--retry=0", "-x", proxy));
      assertKept(
          InProcess.fetch(
              urls.getBytes(StandardCharsets.UTF_8), Map.of("all_proxy", proxy), "-vv", "-m1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--proxy=http://", "--socks5=", "--socks5-hostname="})
  void keepsWhatAProxyIsTold(String option) {
    assertKept(
        InProcess.fetch(
            "http://127.0.0.2/\nhttps://127.0.0.2/\n",
            "-vv",
            "-m1",
            "--retry=0",
            option + "127.0.0.1:" + site.port(),
            "--proxy-user=me:" + SECRET,
            "--proxy-header=X-Key: " + SECRET));
  }

  @Test
  void keepsThePasswordOfACertificate() throws IOException {
    Path cert = Files.writeString(directory.resolve("client.p12"), "0 is no certificate");

    assertKept(InProcess.fetch("", "-vv", "--cert", cert + ":" + SECRET));
  }
}
