package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a host in a config file count for it, and for no other host. */
@DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
class HostSectionsTest {
  private static final String OWN = "[127.0.0.1]";
  private static final String SECRET = "s3cret";

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Site named;
  private Site stranger;

  @BeforeEach
  void open() throws IOException {
    named = new Site();
    stranger = new Site("127.0.0.2");
    environment.put("TOKEN", SECRET);
    environment.put("XDG_CONFIG_HOME", directory.toString());
  }

  @AfterEach
  void close() throws IOException {
    named.close();
    stranger.close();
  }

  private Path config(String... lines) throws IOException {
    Files.createDirectories(directory.resolve("fetch"));
    return Files.write(directory.resolve("fetch/config"), List.of(lines));
  }

  private Ended fetch(String... arguments) {
    return InProcess.fetch(new byte[0], environment, arguments);
  }

  private Ended fetchBoth(String... options) throws IOException {
    Path list = directory.resolve("urls.txt");
    Files.writeString(list, named.url("/a") + "\n" + stranger.url("/b") + "\n");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(list.toString());
    return fetch(arguments.toArray(String[]::new));
  }

  private static String basic(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private void assertOnlyNamedHas(String field) {
    assertThat(named.requests().remove()).contains("\r\n" + field + "\r\n");
    assertThat(stranger.requests().remove()).doesNotContain(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "header = \"Authorization: Bearer ${TOKEN}\"|Authorization: Bearer s3cret",
        "header = Authorization: Bearer ${TOKEN} # mine|Authorization: Bearer s3cret",
        "-H 'X-Key: ${TOKEN}'|X-Key: ${TOKEN}",
        "oauth2-bearer = ${TOKEN}|Authorization: Bearer s3cret",
        "user = me:${TOKEN}|Authorization: Basic bWU6czNjcmV0",
        "cookie = a=${TOKEN}; b=2|Cookie: a=s3cret; b=2",
        "header = User-Agent: own|User-Agent: own",
      })
  void goToTheHostOnly(String line, String field) throws IOException {
    config(OWN, line);

    Ended ended = fetchBoth("-vv", "-fjsonl");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertOnlyNamedHas(field);
    assertThat(ended.everything()).doesNotContain(SECRET);
  }

  @Test
  void countMoreThanTheGeneralOnes() throws IOException {
    config(
        "user = run:x",
        "cookie = run=1",
        "header = X-A: run",
        OWN,
        "user = me:y",
        "header = X-A: own");

    fetchBoth("--credentials-for=all");

    assertThat(named.requests().remove())
        .contains("Basic " + basic("me:y"), "X-A: own", "Cookie: run=1")
        .doesNotContain(basic("run:x"), "X-A: run");
    assertThat(stranger.requests().remove())
        .contains("Basic " + basic("run:x"), "X-A: run")
        .doesNotContain(basic("me:y"), "X-A: own");
  }

  @Test
  void bringNoGeneralCredentialsToTheHost() throws IOException {
    config(OWN, "cookie = own=1");

    fetchBoth("-u", "run:x", "--credentials-for=127.0.0.2");

    assertThat(named.requests().remove()).contains("own=1").doesNotContain("Authorization");
    assertThat(stranger.requests().remove()).contains(basic("run:x")).doesNotContain("own=1");
  }

  @Test
  void followNoRedirectAndWaitAtItsEnd() throws IOException {
    config(OWN, "oauth2-bearer = first", "[127.0.0.2]", "oauth2-bearer = second");

    fetch(named.url("/to/" + stranger.url("/end")));
    assertThat(named.requests().remove()).contains("Bearer first");
    assertThat(stranger.requests().remove()).contains("Bearer second").doesNotContain("first");
    fetch("--no-config", named.url("/to/" + stranger.url("/end")));
    assertThat(named.requests().remove()).doesNotContain("Bearer");
  }

  @Test
  void yieldToThoseOfAnEntry() throws IOException {
    config(OWN, "header = X-A: host", "header = X-B: host", "max-time = 5");
    Path list = directory.resolve("list.jsonl");
    Files.writeString(
        list, "{\"url\":\"" + named.url("/") + "\",\"headers\":{\"X-A\":\"entry\"}}\n");

    fetch(list.toString());

    assertThat(named.requests().remove())
        .contains("X-A: entry", "X-B: host")
        .doesNotContain("X-A: host");
  }

  @Test
  void mayLimitTimesAndRetriesOfTheHost() throws IOException {
    config("max-time = 20", "retry-delay = 1ms", "retry = 2", OWN, "max-time = 0.2", "retry = 0");

    Ended ended = fetch("-fjsonl", named.url("/silent"), named.url("/status/503"));
    Ended others = fetch("-fjsonl", stranger.url("/status/503"));

    assertThat(ended.out()).contains("no response within 0.2s", "\"num_retries\":0");
    assertThat(named.total()).isEqualTo(2);
    assertThat(others.out()).contains("\"num_retries\":2");
    assertThat(stranger.total()).isEqualTo(3);
  }

  @Test
  void mayLimitRequestsInFlight() throws Exception {
    config("per-host = 4", OWN, "per-host = 1");
    StringBuilder urls = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      urls.append(named.url("/after/30/" + i)).append('\n');
      urls.append(stranger.url("/after/30/" + i)).append('\n');
    }

    Ended ended =
        InProcess.fetch(urls.toString().getBytes(StandardCharsets.UTF_8), environment, "-q");

    assertThat(ended.code()).isZero();
    assertThat(named.mostInFlight()).isEqualTo(1);
    assertThat(stranger.mostInFlight()).isBetween(2, 4);
  }

  @Test
  void mayLimitTheRate() throws IOException {
    config(OWN, "per-host-rate = 1/h");

    Ended ended = fetch("--deadline=0.5s", named.url("/1"), named.url("/2"), stranger.url("/3"));

    assertThat(ended.code()).isEqualTo(ExitCode.DEADLINE);
    assertThat(named.total()).isEqualTo(1);
    assertThat(stranger.total()).isEqualTo(1);
  }

  @Test
  void comeFromNamedFilesToo() throws IOException {
    config(OWN, "header = X-A: 1", "header = X-B: 1");
    Path first =
        Files.writeString(directory.resolve("first"), "user-agent = x\n[127.0.0.1]\n-H 'X-A: 2'");
    Path second = Files.writeString(directory.resolve("second"), "[ 127.0.0.1 ] # c\n-H 'X-C: 3'");

    fetch("--config=" + first, "--config", second.toString(), named.url("/"));
    assertThat(named.requests().remove())
        .contains("X-A: 2", "X-B: 1", "X-C: 3", "User-Agent: x")
        .doesNotContain("X-A: 1");
    environment.put("FETCH_OPTS", "--config=" + first);
    fetch("--no-config", "--config", second.toString(), named.url("/"));
    assertThat(named.requests().remove()).contains("X-C: 3").doesNotContain("X-B", "X-A");
    fetch("-A", "y", named.url("/"));
    assertThat(named.requests().remove()).contains("X-A: 2", "User-Agent: y");
    assertThat(fetch("--config=" + directory + "/none", named.url("/")).err())
        .startsWith("fetch: " + directory + "/none is not there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workers = 4|--workers cannot be set for a host; these can: header, user, ",
        "nonsense = 4|--nonsense cannot be set for a host; these can: ",
        "header = \"A: ${NO_SUCH}\"|the variable NO_SUCH is not set",
        "header = nonsense|--header: a colon is missing after the header's name",
        "header = Content-Length: 5|--header: fetch sets Content-Length itself",
        "max-time = soon|--max-time: 'soon' is not a",
        "retry = -1|--retry: '-1' is not a whole number",
        "per-host = 0|--per-host: '0' is not a whole number of at least 1",
        "per-host-rate = 5|--per-host-rate: '5' is not a rate",
        "cookie = file|--cookie: it takes NAME=VALUE here; --cookie reads files",
        "cert = :secret|--cert: the name of the file is empty",
        "key = ''|--key: the name of the file is empty",
        "user|the option --user needs a value",
        "header = \"A: b|the quote \" has no end",
      })
  void sayWhereTheyAreWrong(String line, String complaint) throws IOException {
    Path config = config("# mine", OWN, line);

    Ended ended = fetch(named.url("/"));

    assertThat(ended.err()).startsWith("fetch: line 3 of " + config + ": " + complaint);
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(named.total()).isZero();
    assertThat(fetch("--dry-run", named.url("/")).code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void areListedWithTheirOriginWhenAskedFor() throws IOException {
    Path config =
        config(
            OWN,
            "max-time = 9",
            "header = \"X-Key: ${TOKEN}\"",
            "user = me:${TOKEN}",
            "-m 8",
            "[*.example.org]",
            "per-host-rate = 2/s");

    Ended ended = fetch("-v", "-w2", named.url("/"));

    String file = " of " + config;
    assertThat(ended.err().lines().filter(line -> line.contains(" comes from ")))
        .containsExactly(
            "fetch: --verbose comes from the command line",
            "fetch: --workers=2 comes from the command line",
            "fetch: [127.0.0.1] --header=*** comes from line 3" + file,
            "fetch: [127.0.0.1] --user=*** comes from line 4" + file,
            "fetch: [127.0.0.1] --max-time=8 comes from line 5" + file,
            "fetch: [*.example.org] --per-host-rate=2/s comes from line 7" + file);
    assertThat(ended.err()).doesNotContain(SECRET);
  }

  @Test
  void countInThePreview() throws IOException {
    config(
        "per-host-rate = 1/s",
        "[*.slow.example]",
        "per-host-rate = 1/m",
        "per-host = 3",
        "[a.slow.example]",
        "max-time = 1500ms",
        "retry = 0",
        "[quick.example]",
        "per-host-rate = 100/s");
    String list =
        "http://quick.example/\n".repeat(301)
            + "http://other.example/\n".repeat(200)
            + "http://A.slow.example/\n".repeat(5)
            + "http://slow.example/\n";

    Ended ended = InProcess.fetch(list.getBytes(StandardCharsets.UTF_8), environment, "--dry-run");

    assertThat(ended.out())
        .contains(
            """
              301 quick.example (per-host-rate=100/s)
              200 other.example
              5 a.slow.example (per-host-rate=1/m, per-host=3, retry=0, max-time=1500ms)
              1 slow.example
            takes at least 4m00s, at the rate for a.slow.example
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a b]|'a b' is not a host such as",
        "[a/b]|'a/b' is not a host such as",
        "[https://a.example]|'https://a.example' has a scheme or port",
        "[a.example:81]|'a.example:81' has a scheme or port",
        "[*.127.0.0.1]|'*.127.0.0.1' is not a host such as",
        "[]|a section begins with its host, such as [api.example.org]",
        "[a.example|a section begins with its host, such as [api.example.org]",
      })
  void nameHosts(String line, String complaint) throws IOException {
    Path config = config(line);

    assertThat(fetch(named.url("/")).err())
        .startsWith("fetch: line 1 of " + config + ": " + complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cert = none.pem", "key = none.pem"})
  void sayWhichCertificateCannotBeRead(String line) throws IOException {
    Path config = config(OWN, line);

    assertThat(fetch(named.url("/")).err()).startsWith("fetch: line 1 of " + config + ": --");
  }

  @Test
  void leaveNoSecretInAnArchive() throws IOException {
    config(OWN, "oauth2-bearer = ${TOKEN}");
    Path warc = directory.resolve("a.warc");

    fetch("--warc", warc.toString(), named.url("/"));

    assertThat(named.requests().remove()).contains(SECRET);
    assertThat(Files.readString(warc, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
  }

  @Test
  void areNotOverwritten() throws IOException {
    Path config = config(OWN, "oauth2-bearer = x");

    assertThat(fetch("-o", config.toString(), named.url("/")).err())
        .startsWith("fetch: --output: it would write to the settings in");
  }
}
