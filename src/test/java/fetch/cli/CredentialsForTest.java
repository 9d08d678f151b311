package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The author of a list gets no password that the user did not mean for a host in it. */
@DisabledOnOs(value = OS.MAC, disabledReason = "macOS has one loopback address")
class CredentialsForTest {
  private static final String SECRET = "c2VjcmV0";
  private static final String HEADER = "Authorization: Bearer " + SECRET;

  @TempDir private Path directory;
  private Site trusted;
  private Site stranger;
  private Path list;

  @BeforeEach
  void open() throws IOException {
    trusted = new Site();
    stranger = new Site("127.0.0.2");
    list = directory.resolve("urls.txt");
    Files.writeString(list, trusted.url("/a") + "\n" + stranger.url("/b") + "\n");
  }

  @AfterEach
  void close() throws IOException {
    trusted.close();
    stranger.close();
  }

  private static void assertRefused(String given, String list, Ended ended) {
    assertThat(ended.err())
        .startsWith(
            "fetch: "
                + given
                + " --credentials-for=HOST[,HOST...] with a list, because "
                + list
                + " may name any host; --credentials-for=all trusts all of them")
        .contains("\nTry 'fetch ")
        .doesNotContain(SECRET);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  private static boolean received(Site site) {
    String request = site.requests().remove();
    assertThat(site.requests()).isEmpty();
    return request.contains(SECRET);
  }

  static Stream<Arguments> credentials() {
    return Stream.of(
        Arguments.of("--user needs", new String[] {"-u", "me:" + SECRET}),
        Arguments.of("--cookie needs", new String[] {"-b", "a=" + SECRET}),
        Arguments.of("--header needs", new String[] {"-H", HEADER}),
        Arguments.of("--header needs", new String[] {"-H", "COOKIE: " + SECRET}),
        Arguments.of(
            "--user and --cookie and --header need",
            new String[] {"-u", "me:" + SECRET, "-b", "a=" + SECRET, "-H", HEADER}));
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void needAHostForAList(String given, String... options) {
    String[] words = Arrays.copyOf(options, options.length + 1);
    words[options.length] = list.toString();

    assertRefused(given, list.toString(), InProcess.fetch("", words));
    assertRefused(given, "standard input", InProcess.fetch(trusted.url("/"), options));
    assertThat(trusted.requests()).isEmpty();
  }

  @Test
  void needAHostForAListBesideUrls() {
    Ended ended = InProcess.fetch("", "-H", HEADER, trusted.url("/"), list.toString());

    assertRefused("--header needs", list.toString(), ended);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dry-run", "-v", "--resume", "--warc=x.warc"})
  void needAHostWhateverElseIsAskedFor(String option) {
    Ended ended =
        InProcess.fetch("", "-H", HEADER, option, "-fjsonl", "-o", directory + "/o", "" + list);

    assertThat(ended.err()).contains("--header needs --credentials-for=");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void needAHostWhenTheyComeFromTheConfigFile() throws IOException {
    Path config = Files.createDirectory(directory.resolve("fetch")).resolve("config");
    Files.writeString(config, "user = me:" + SECRET);
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.toString());

    Ended ended = InProcess.fetch(new byte[0], environment, list.toString());

    assertRefused("--user needs", list.toString(), ended);
    assertThat(ended.err()).contains("; --user comes from line 1 of " + config);
    Files.writeString(config, "user = me:x\ncredentials-for = 127.0.0.1\n");
    assertThat(InProcess.fetch(new byte[0], environment, list.toString()).code()).isZero();
  }

  @Test
  void needAHostForAComparison() {
    Ended ended = InProcess.fetch("", "compare", "-H", HEADER, list.toString());

    assertRefused("--header needs", list.toString(), ended);
  }

  @Test
  void needAHostForAClientCertificate() throws IOException {
    HeldCertificate client = new HeldCertificate.Builder().build();
    Path pem = directory.resolve("client.pem");
    Files.writeString(pem, client.certificatePem() + client.privateKeyPkcs8Pem());

    Ended ended = InProcess.fetch("", "--cert", pem.toString(), list.toString());

    assertRefused("--cert needs", list.toString(), ended);
  }

  @Test
  void goToNamedHostsOnly() {
    Ended ended =
        InProcess.fetch(
            "", "-H", HEADER, "--credentials-for", "127.0.0.1,c.example", list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(received(trusted)).isTrue();
    assertThat(received(stranger)).isFalse();
  }

  @Test
  void goToAllHostsIfAskedTo() {
    InProcess.fetch("", "-H", HEADER, "--credentials-for=all", list.toString());

    assertThat(received(trusted)).isTrue();
    assertThat(received(stranger)).isTrue();
  }

  @Test
  void goToTheUrlsOfTheCommandLine() {
    Ended ended = InProcess.fetch("", "-H", HEADER, trusted.url("/a"), stranger.url("/b"));

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(received(trusted)).isTrue();
    assertThat(received(stranger)).isTrue();
  }

  @Test
  void goToNoUrlOfTheCommandLineThatIsNotNamed() {
    InProcess.fetch(
        "", "-H", HEADER, "--credentials-for=127.0.0.1", trusted.url("/"), stranger.url("/"));

    assertThat(received(trusted)).isTrue();
    assertThat(received(stranger)).isFalse();
  }

  @Test
  void areNoneWhereAHeaderIsRemovedOrHarmless() {
    Ended ended =
        InProcess.fetch("", "-H", "Authorization:", "-H", "Accept: text/html", list.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void ofOneEntryGoWithItAlone() {
    String entry =
        "{\"url\":\""
            + trusted.url("/a")
            + "\",\"headers\":{\"Authorization\":\""
            + SECRET
            + "\"}}";
    byte[] lines =
        (entry + "\n{\"url\":\"" + stranger.url("/b") + "\"}").getBytes(StandardCharsets.UTF_8);

    Ended ended = InProcess.fetch(lines, Map.of(), "-i", "jsonl");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(received(trusted)).isTrue();
    assertThat(received(stranger)).isFalse();
  }

  @Test
  void sayWhichHostIsNone() {
    Ended ended = InProcess.fetch("", "-H", HEADER, "--credentials-for=a/b", list.toString());

    assertThat(ended.err())
        .startsWith(
            "fetch: invalid value for option '--credentials-for': 'a/b' is not a host such as"
                + " example.org, example.org:8443 or *.example.org");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
  }
}
