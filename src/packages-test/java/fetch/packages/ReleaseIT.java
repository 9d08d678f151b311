package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the release workflow, with a key of the test's own and without an upload. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "releases are made on Linux")
class ReleaseIT {
  private static final String SCRIPT = Path.of(".ci/release").toAbsolutePath().toString();

  @TempDir private Path directory;
  private Path files;
  private Shell shell;

  @BeforeEach
  void prepare() throws IOException {
    files = Files.createDirectory(directory.resolve("files"));
    shell =
        new Shell(
            directory,
            Map.of(
                "GNUPGHOME", directory.toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "GITHUB_REPOSITORY", "owner/name"));
  }

  @AfterEach
  void endAgent() throws IOException {
    if (Shell.has("gpgconf")) {
      shell.end("gpgconf", "--kill", "all");
    }
  }

  private void makeKey() throws IOException {
    assumeTrue(Shell.has("gpg"), "needs gpg");
    shell.run("chmod", "700", directory.toString());
    shell.run(
        "gpg",
        "--batch",
        "--passphrase",
        "",
        "--quick-generate-key",
        "Test <test@example.org>",
        "ed25519",
        "sign",
        "never");
  }

  @Test
  void takesOnlyTheTagOfTheVersionAndItsDate() throws IOException {
    assertThat(shell.run(SCRIPT, "check", "v" + Built.version())).isEqualTo(Built.version() + "\n");

    Shell.Ended ended = shell.end(SCRIPT, "check", "v9.9.9");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).startsWith(".ci/release: the tag v9.9.9 is not v");
  }

  @Test
  void takesItsNotesFromTheChangelog() throws IOException {
    assertThat(shell.run(SCRIPT, "notes", Built.version()))
        .contains("### Added")
        .doesNotContain("\n## ");
  }

  /** As the pages of the release have them after the jobs for all platforms. */
  private void collect() throws IOException {
    for (String archive :
        List.of(
            "linux-x64.tar.gz",
            "linux-arm64.tar.gz",
            "macos-x64.tar.gz",
            "macos-arm64.tar.gz",
            "windows-x64.zip")) {
      String name = "fetch-urls-" + Built.version() + "-" + archive;
      Files.writeString(files.resolve(name), "the archive " + name);
    }
    Files.writeString(files.resolve("SHA256SUMS"), "of one platform\n");
    shell.run(SCRIPT, "collect", files.toString());
  }

  @Test
  void signsChecksumsThatAreVerifiedAsTheDocumentsSay() throws IOException {
    makeKey();
    collect();
    shell.run(SCRIPT, "sign", files.toString());
    Matcher commands =
        Pattern.compile("(?m)^ {4}((gpg --|sha256sum ).*)$")
            .matcher(Files.readString(Path.of(".github/SECURITY.md")));
    String verification =
        commands.results().map(found -> found.group(1)).collect(Collectors.joining(" && "));
    assertThat(verification).contains("gpg --import", "gpg --verify", "sha256sum ");
    shell.run("sh", "-c", "gpg --batch --armor --export > files/release-key.asc");
    // As on a machine that has never seen the key.
    String script = "mkdir -m 700 -p k; export GNUPGHOME=$PWD/k; cd files && " + verification;

    assertThat(shell.run("sh", "-c", script)).contains("Good signature", ".tar.gz: OK\n");
    assertThat(Files.readString(files.resolve("manifests/fetch-urls.rb"))).contains("owner/name");

    Path archive = files.resolve("fetch-urls-" + Built.version() + "-linux-x64.tar.gz");
    Files.writeString(archive, "another program");
    assertThat(shell.end("sh", "-c", script).output()).contains(".tar.gz: FAILED\n");
    Files.writeString(
        files.resolve("SHA256SUMS"),
        shell.run("sh", "-c", "cd files && sha256sum fetch-urls-*linux-x64.tar.gz"));
    Shell.Ended forged = shell.end("sh", "-c", script);
    assertThat(forged.output()).contains("BAD signature");
    assertThat(forged.code()).isNotZero();
  }

  @Test
  void makesTheBundleThatMavenCentralWants() throws IOException {
    makeKey();
    Path bundle = directory.resolve("bundle.zip");

    shell.run(SCRIPT, "central", Built.REPOSITORY.toString(), bundle.toString());

    TreeSet<String> expected = new TreeSet<>();
    String name = Built.engine() + "/fetch-engine-" + Built.version();
    for (String end : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar")) {
      for (String signed : List.of("", ".asc")) {
        for (String sum : List.of("", ".md5", ".sha1", ".sha256", ".sha512")) {
          expected.add(name + end + signed + sum);
        }
      }
    }
    try (ZipFile zip = new ZipFile(bundle.toFile());
        Stream<? extends ZipEntry> entries = zip.stream()) {
      assertThat(entries.map(ZipEntry::getName).toList()).containsExactlyElementsOf(expected);
    }
    Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
    shell.run("sh", "-c", "cd unpacked && \"$0\" xf ../bundle.zip", jar());
    Path pom = unpacked.resolve(name + ".pom");
    shell.run("gpg", "--verify", pom + ".asc", pom.toString());
    assertThat(shell.run("sha1sum", pom.toString()))
        .startsWith(Files.readString(Path.of(pom + ".sha1")));
  }

  @Test
  void makesNoBundleWhoseProjectHasNoName() throws IOException {
    Path repository = Files.createDirectory(directory.resolve("repository"));
    Path built = Built.REPOSITORY.resolve(Built.engine());
    String pom = "fetch-engine-" + Built.version() + ".pom";
    Files.writeString(
        repository.resolve(pom),
        Files.readString(built.resolve(pom)).replace("<name>fetch engine</name>", ""));

    Shell.Ended refused =
        shell.end(SCRIPT, "central", repository.toString(), directory.resolve("b.zip").toString());

    assertThat(refused.output()).contains(pom + " has no element name");
    assertThat(refused.code()).isNotZero();
  }

  private static String jar() {
    return Path.of(System.getProperty("java.home"), "bin", "jar").toString();
  }
}
