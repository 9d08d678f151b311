package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive and the script that installs it, into a directory of the test's own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "install.sh is for Linux and macOS")
class InstallerIT {
  private static final String SCRIPT = Built.PACKAGES.resolve("install.sh").toString();

  @TempDir private Path directory;
  private Path prefix;
  private Shell shell;

  @BeforeEach
  void prepare() throws IOException {
    prefix = directory.resolve("my prefix");
    shell = new Shell(directory, Map.of("HOME", directory.resolve("home").toString()));
  }

  private Shell.Ended install(String from) throws IOException {
    return shell.end("sh", SCRIPT, "--prefix", prefix.toString(), "--from=" + from);
  }

  private List<Path> left() throws IOException {
    if (!Files.exists(prefix)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(prefix)) {
      return files.filter(file -> !file.equals(prefix)).toList();
    }
  }

  @Test
  void installsRunsAndUninstallsWithoutATrace() throws IOException {
    Shell.Ended installed = install(Built.PACKAGES.toString());

    assertThat(installed.code()).as(installed.output()).isZero();
    assertThat(installed.output()).startsWith("Installed fetch " + Built.version() + " ");
    assertThat(prefix.resolve("share/man/man1/fetch.1")).isRegularFile();
    assertThat(prefix.resolve("share/bash-completion/completions/fetch")).isRegularFile();
    assertThat(prefix.resolve("share/zsh/site-functions/_fetch")).isRegularFile();
    assertThat(prefix.resolve("share/fish/vendor_completions.d/fetch.fish")).isRegularFile();
    try (FirstMinutes minutes = new FirstMinutes()) {
      minutes.tryOut(prefix.resolve("bin"), Files.createDirectory(directory.resolve("work")));
    }
    shell.run("sh", SCRIPT, "--uninstall", "--prefix", prefix.toString());
    assertThat(left()).isEmpty();
  }

  @Test
  void downloadsFromAServer() throws IOException {
    assumeTrue(Shell.has("curl") || Shell.has("wget"), "needs curl or wget");
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              Path file = Built.PACKAGES.resolve(request.getUrl().pathSegments().getLast());
              try {
                return new MockResponse.Builder()
                    .body(new Buffer().write(Files.readAllBytes(file)))
                    .build();
              } catch (IOException e) {
                return new MockResponse.Builder().code(404).build();
              }
            }
          });
      server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
      Shell.Ended installed = install(server.url("/v1/").toString());
      assertThat(installed.code()).as(installed.output()).isZero();
      FirstMinutes.assertVersion(shell.run(prefix.resolve("bin/fetch").toString(), "--version"));
    }
  }

  @Test
  void replacesAnEarlierVersionAndKeepsItWhenTheNewOneIsDamaged() throws IOException {
    assertThat(install(Built.PACKAGES.toString()).code()).isZero();
    Path earlier = Files.createFile(prefix.resolve("lib/fetch-urls/of-the-earlier-version"));
    Path damaged = Files.createDirectory(directory.resolve("damaged"));
    Path archive = Built.file("fetch-urls-.*\\.tar\\.gz");
    Files.copy(Built.PACKAGES.resolve("SHA256SUMS"), damaged.resolve("SHA256SUMS"));
    Files.writeString(damaged.resolve(archive.getFileName()), "damaged");

    Shell.Ended refused = install(damaged.toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output()).contains("is damaged or not the one of the release: SHA-256 is");
    assertThat(earlier).exists();
    assertThat(install(Built.PACKAGES.toString()).code()).isZero();
    assertThat(earlier).doesNotExist();
  }

  @Test
  void touchesNoFileThatItDidNotMake() throws IOException {
    Path other = Files.createDirectories(prefix.resolve("bin")).resolve("fetch");
    Files.writeString(other, "another program");

    Shell.Ended refused = install(Built.PACKAGES.toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output())
        .isEqualTo(
            "install.sh: %s exists and is not from this script; move it away, or use another --prefix\n"
                .formatted(other));
    assertThat(other).hasContent("another program");
    assertThat(shell.end("sh", SCRIPT, "--uninstall", "--prefix=" + prefix).output())
        .isEqualTo(
            "install.sh: fetch is not installed in %s; if it is elsewhere, use --prefix=DIR\n"
                .formatted(prefix));
    assertThat(other).exists();
  }

  @Test
  void saysWhatItCannotDo() throws IOException {
    assertThat(shell.end("sh", SCRIPT, "--version").output())
        .isEqualTo("install.sh: unknown option --version; see --help\n");
    assertThat(shell.end("sh", SCRIPT, "--prefix").output())
        .isEqualTo("install.sh: --prefix needs a value; see --help\n");
    assertThat(shell.end("sh", SCRIPT, "--prefix=a:b").output()).contains("with a colon");
    assertThat(install(directory.resolve("nowhere").toString()).output())
        .contains("install.sh: cannot get SHA256SUMS from ");
    assertThat(left()).isEmpty();
  }
}
