package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package, installed into a root directory of the test's own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the package is made on Linux only")
class DebIT {
  @TempDir private Path directory;
  private Path root;
  private Shell shell;

  @BeforeEach
  void makeRoot() throws IOException {
    assumeTrue(Shell.has("dpkg"), "needs dpkg");
    shell = new Shell(directory, Map.of());
    root = directory.resolve("root");
    Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
    Files.createFile(root.resolve("var/lib/dpkg/status"));
  }

  private static Path deb() throws IOException {
    return Built.file("fetch-urls_.*\\.deb");
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("var/lib/dpkg"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void installsRunsAndPurgesWithoutATrace() throws IOException {
    assumeTrue(Shell.isRoot(), "dpkg needs root to unpack");
    Set<String> before = files();

    // The empty root has no libc6; the program runs with that of this machine.
    shell.run("dpkg", "--root=" + root, "--force-depends", "--install", deb().toString());

    assertThat(files())
        .contains(
            "usr/bin/fetch",
            "usr/share/man/man1/fetch.1.gz",
            "usr/share/bash-completion/completions/fetch",
            "usr/share/zsh/vendor-completions/_fetch",
            "usr/share/fish/vendor_completions.d/fetch.fish",
            "usr/share/doc/fetch-urls/copyright",
            "usr/share/doc/fetch-urls/fetch.cdx.json");
    try (FirstMinutes minutes = new FirstMinutes()) {
      minutes.tryOut(root.resolve("usr/bin"), Files.createDirectory(directory.resolve("work")));
    }
    shell.run("dpkg", "--root=" + root, "--purge", "fetch-urls");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void saysWhatItIs() throws IOException {
    String fields = shell.run("dpkg", "--field", deb().toString());

    assertThat(fields).contains("Package: fetch-urls\n", "Depends: libc6 (>= ");
    assertThat(fields).contains("Version: " + Built.version().replace('-', '~') + "\n");
  }

  @Test
  void hasNoFaultThatLintianKnows() throws IOException {
    assumeTrue(Shell.has("lintian"), "needs lintian");
    String found =
        shell.run("lintian", "--allow-root", "--fail-on", "error,warning", deb().toString());

    assertThat(found).doesNotContain("E: ", "W: ");
  }
}
