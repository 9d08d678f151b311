package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords of netrc files and bearer tokens, and who receives them. */
@DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
class NetrcOptionsTest {
  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private Site named;
  private Site stranger;
  private Path list;

  @BeforeEach
  void open() throws IOException {
    named = new Site();
    stranger = new Site("127.0.0.2");
    list = home.resolve("urls.txt");
    Files.writeString(list, named.url("/a") + "\n" + stranger.url("/b") + "\n");
    environment.put("HOME", home.toString());
  }

  @AfterEach
  void close() throws IOException {
    named.close();
    stranger.close();
  }

  private Path netrc(String text) throws IOException {
    return Files.writeString(home.resolve(".netrc"), text);
  }

  private Ended fetch(String... arguments) {
    return InProcess.fetch(new byte[0], environment, arguments);
  }

  private static String login(Site site) {
    String request = site.requests().remove();
    String start = "Authorization: ";
    String field = request.lines().filter(line -> line.startsWith(start)).findFirst().orElse(start);
    String value = field.substring(start.length());
    return value.startsWith("Basic ")
        ? new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8)
        : value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-n", "--netrc", "--netrc-optional"})
  void goToTheirHostsOnly(String option) throws IOException {
    netrc("machine 127.0.0.1 login me password s3cret");

    Ended ended = fetch("-vv", option, list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(login(named)).isEqualTo("me:s3cret");
    assertThat(login(stranger)).isEmpty();
    assertThat(ended.everything()).doesNotContain("s3cret");
  }

  @Test
  void areLookedUpAnewAfterARedirect() throws IOException {
    netrc("machine 127.0.0.1 login alice password a default login bob");

    fetch("-n", named.url("/to/" + stranger.url("/end")));

    assertThat(login(named)).isEqualTo("alice:a");
    assertThat(login(stranger)).isEqualTo("bob:");
  }

  @Test
  void doNotFollowARedirectToAnotherHost() throws IOException {
    netrc("machine 127.0.0.1 login alice password a");

    fetch("-n", named.url("/to/" + stranger.url("/end")));

    assertThat(login(named)).isEqualTo("alice:a");
    assertThat(login(stranger)).isEmpty();
  }

  @Test
  void comeFromTheFileThatIsNamed() throws IOException {
    netrc("default login home");
    Path other = Files.writeString(home.resolve("other"), "default login other");
    Path third = Files.writeString(home.resolve("third"), "default login third");
    environment.put("NETRC", other.toString());

    fetch("-n", named.url("/"));
    assertThat(login(named)).isEqualTo("other:");
    fetch("--netrc-file", third.toString(), named.url("/"));
    assertThat(login(named)).isEqualTo("third:");
    environment.remove("NETRC");
    fetch("-n", named.url("/"));
    assertThat(login(named)).isEqualTo("home:");
    fetch(named.url("/"));
    assertThat(login(named)).isEmpty();
  }

  @Test
  void yieldToWhatTheUserSays() throws IOException {
    netrc("default login netrc");

    fetch("-n", "-u", "me:x", named.url("/"));
    assertThat(login(named)).isEqualTo("me:x");
    fetch("-n", "-H", "Authorization: Digest y", named.url("/"));
    assertThat(login(named)).isEqualTo("Digest y");
    fetch("-n", "-H", "Authorization:", named.url("/"));
    assertThat(login(named)).isEmpty();
    fetch("-n", "-u", "me:x", "--credentials-for=127.0.0.9", named.url("/"));
    assertThat(login(named)).isEqualTo("netrc:");
  }

  @Test
  void completeTheUserOfAUrl() throws IOException {
    netrc("machine 127.0.0.1 password first login other machine 127.0.0.1 password p");
    String url = named.url("/").replace("//", "//user@");

    fetch("--netrc-optional", url);
    assertThat(login(named)).isEqualTo("user:p");
    fetch("--netrc-optional", url.replace("@", ":own@"));
    assertThat(login(named)).isEqualTo("user:own");
    fetch("--netrc", url.replace("@", ":own@"));
    assertThat(login(named)).isEqualTo("user:p");
  }

  @Test
  void mayBeMissingIfOptional() {
    String missing = home.resolve("none").toString();

    assertThat(fetch("--netrc-optional", named.url("/")).code()).isZero();
    assertThat(fetch("--netrc-optional", "--netrc-file", missing, named.url("/")).code()).isZero();
    assertThat(fetch("-n", named.url("/")).err())
        .startsWith("fetch: --netrc: " + home.resolve(".netrc") + ": no such file");
    Ended ended = fetch("--netrc-file", missing, named.url("/"));
    assertThat(ended.err()).startsWith("fetch: --netrc-file: " + missing + ": no such file");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    environment.remove("HOME");
    assertThat(fetch("-n", named.url("/")).err()).startsWith("fetch: --netrc: HOME is not set");
    assertThat(fetch("--netrc-optional", named.url("/")).code()).isZero();
  }

  @Test
  void areNotOverwritten() throws IOException {
    Path file = netrc("default login netrc");

    Ended ended = fetch("-n", "-o", file.toString(), named.url("/"));

    assertThat(ended.err()).startsWith("fetch: --output: it would write to the file of --netrc");
    assertThat(file).hasContent("default login netrc");
  }

  @Test
  void tokensGoWhereCredentialsGo() {
    Ended refused = fetch("--oauth2-bearer", "t0ken", list.toString());
    assertThat(refused.err())
        .startsWith("fetch: --oauth2-bearer needs --credentials-for=")
        .doesNotContain("t0ken");

    Ended ended =
        fetch(
            "-vv",
            "--credentials-for=127.0.0.1",
            "-u",
            "me:x",
            "--oauth2-bearer",
            "t0ken",
            list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(login(named)).isEqualTo("Bearer t0ken");
    assertThat(login(stranger)).isEmpty();
    assertThat(ended.everything()).doesNotContain("t0ken");
  }

  @Test
  void tokensAreNotInArchives() throws IOException {
    Path warc = home.resolve("a.warc");

    fetch("--oauth2-bearer=t0ken", "--warc", warc.toString(), named.url("/"));

    assertThat(login(named)).isEqualTo("Bearer t0ken");
    assertThat(Files.readString(warc, StandardCharsets.ISO_8859_1))
        .contains("Authorization: ***")
        .contains("--oauth2-bearer=")
        .doesNotContain("t0ken");
  }

  @Test
  void tokensHaveNoControlCharacters() {
    Ended ended = fetch("--oauth2-bearer", "a\nb", named.url("/"));

    assertThat(ended.err()).contains("--oauth2-bearer", "it has a control character");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }
}
