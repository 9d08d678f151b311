package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes from the config file, FETCH_OPTS and argument files counts, and is answered for. */
class SettingsTest {
  private static final String SECRET = "tops3cret";

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  @AutoClose private final Site site = Site.open();

  @BeforeEach
  void open() throws IOException {
    environment.put("XDG_CONFIG_HOME", directory.toString());
  }

  private Path config(String... lines) throws IOException {
    Files.createDirectories(directory.resolve("fetch"));
    return Files.write(directory.resolve("fetch/config"), List.of(lines));
  }

  private Ended fetch(String... arguments) {
    return InProcess.fetch(new byte[0], environment, arguments);
  }

  private String request(String... options) {
    String[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = site.url("/x");
    Ended ended = fetch(all);
    assertThat(ended.code()).as(ended.err()).isZero();
    return site.requests().remove();
  }

  private static void assertUsageError(Ended ended, String complaint) {
    assertThat(ended.err()).isEqualTo("fetch: " + complaint + "\nTry 'fetch --help' for usage.\n");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void countMoreTheNearerTheyAreToTheCommandLine() throws IOException {
    config("user-agent = config");
    assertThat(request()).contains("User-Agent: config\r\n");
    environment.put("FETCH_OPTS", "-A variable");
    assertThat(request()).contains("User-Agent: variable\r\n");
    assertThat(request("-A", "line")).contains("User-Agent: line\r\n");
    assertThat(request("--no-config")).contains("User-Agent: fetch/");
  }

  @Test
  void addUpWhereAnOptionMayBeGivenAgain() throws IOException {
    config("header = \"A: 1\"", "-H 'B: 2'");
    environment.put("FETCH_OPTS", "--header 'C: 3'");
    Path file = Files.writeString(directory.resolve("args"), "-H \"D: 4\"");

    assertThat(request("@" + file, "-H", "E: 5"))
        .contains("A: 1\r\n", "B: 2\r\n", "C: 3\r\n", "D: 4\r\n", "E: 5\r\n");
  }

  @Test
  void canBeSourcesInAnArgumentFile() throws IOException {
    Path file =
        Files.writeString(directory.resolve("args"), site.url("/a#b") + "\n-q " + site.url("/c"));

    assertThat(fetch("--ordered", "--fields=url", "@" + file).records())
        .containsExactly(site.url("/a#b"), site.url("/c"));
  }

  @Test
  void takesAListWhoseNameBeginsWithAnAtSign() throws IOException {
    Path list = Files.writeString(directory.resolve("@list"), site.url("/a"));
    Path relative = Path.of("").toAbsolutePath().relativize(list);

    assertThat(fetch("-q", list.toString()).records()).hasSize(1);
    assertThat(fetch("-q", "./" + relative).records()).hasSize(1);
    assertThat(fetch("-q", "--", "@list").err()).startsWith("fetch: @list: no such file");
  }

  @Test
  void sayWhereTheyAreWrong() throws IOException {
    Path config = config("# mine", "workers = 4", "workerz = 5");
    assertUsageError(
        fetch("x"), "line 3 of " + config + ": unknown option --workerz; did you mean --workers?");
    config("quiet = yes");
    assertThat(fetch("x").err()).startsWith("fetch: line 1 of " + config + ": option '--quiet'");
    config("-m 1x");
    assertThat(fetch("x").err())
        .startsWith("fetch: line 1 of " + config + ": invalid value for option '--max-time': '1x'");
    config();
    environment.put("FETCH_OPTS", "-q --workers=no");
    assertThat(fetch("x").err()).startsWith("fetch: FETCH_OPTS: invalid value for option '--work");
    environment.remove("FETCH_OPTS");
    Path file = Files.writeString(directory.resolve("args"), "\n\n--bogus");
    assertUsageError(fetch("-q", "@" + file), "line 3 of " + file + ": unknown option --bogus");
    assertUsageError(fetch("-q", "@" + MissingPath.FILE), MissingPath.FILE + " is not there");
  }

  @Test
  void areNotBlamedForTheCommandLine() throws IOException {
    config("workers = 4");

    assertThat(fetch("-m", "1x").err())
        .startsWith("fetch: invalid value for option '--max-time': '1x' is not a time");
  }

  @Test
  void areNamedWhereTheyDoNotGoTogether() throws IOException {
    Path config = config("http1.1");

    assertUsageError(
        fetch("--http2", site.url("/x")),
        "--http1.1 and --http2 cannot be combined; --http1.1 comes from line 1 of " + config);
    config("", "-H nonsense");
    assertUsageError(
        fetch(site.url("/x")),
        "--header: a colon is missing after the header's name; --header comes from line 2 of "
            + config);
  }

  @Test
  void leaveHelpAloneWhenTheyAreWrong() throws IOException {
    config("bogus");
    environment.put("FETCH_OPTS", "'");

    assertThat(fetch("--help").out()).isEqualTo(InProcess.fetch("", "--help").out());
    assertThat(fetch("-V").code()).isZero();
  }

  @Test
  void areToldWithTheirOriginWhenAskedFor() throws IOException {
    Path config =
        config("workers = 3", "strategy = pool", "max-time = 1", "no-compressed", "-H 'A: 1'");
    environment.put("FETCH_OPTS", "-w4 -H 'B: 2'");

    Ended ended = fetch("-v", "-m", "9", site.url("/x"));

    String file = " of " + config;
    assertThat(ended.err().lines().filter(line -> line.contains(" comes from ")))
        .containsExactly(
            "fetch: --strategy=pool comes from line 2" + file,
            "fetch: --no-compressed comes from line 4" + file,
            "fetch: --workers=4 comes from FETCH_OPTS",
            "fetch: --header=*** comes from line 5" + file,
            "fetch: --header=*** comes from FETCH_OPTS",
            "fetch: --verbose comes from the command line",
            "fetch: --max-time=9 comes from the command line");
    assertThat(fetch("--no-config", "-v", site.url("/x")).err()).doesNotContain(" comes from ");
  }

  @Test
  void keepTheirSecrets() throws IOException {
    config(
        "header = 'Authorization: Bearer " + SECRET + "'",
        "user = me:" + SECRET,
        "cookie = a=" + SECRET,
        "proxy = http://me:" + SECRET + "@127.0.0.1:" + site.port());
    Ended ended = fetch("-vv", "http://me:" + SECRET + "@127.0.0.1:" + site.port() + "/");
    assertThat(ended.err()).contains("--user=***").doesNotContain(SECRET);

    config("passwort = " + SECRET);
    assertThat(fetch("x").err()).contains("unknown option --passwort").doesNotContain(SECRET);
    config("--cookie " + SECRET);
    assertThat(fetch("x").err()).contains("--cookie").doesNotContain(SECRET);
    config("-q " + SECRET);
    assertThat(fetch("x").err()).contains("line 1").doesNotContain(SECRET);
  }
}
