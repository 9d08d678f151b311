package fetch.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packages for npm, installed into a directory of the test's own, without a network. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "commands of npm are batch files there")
class NpmIT {
  @TempDir private Path directory;
  private Shell shell;

  @BeforeEach
  void prepare() {
    assumeTrue(Shell.has("npm"), "needs npm");
    shell =
        new Shell(
            directory,
            Map.of(
                "npm_config_prefix",
                directory.resolve("prefix").toString(),
                "npm_config_cache",
                directory.resolve("cache").toString(),
                "npm_config_offline",
                "true",
                "npm_config_update_notifier",
                "false"));
  }

  private static String command() throws IOException {
    return Built.file("fetch-urls-[0-9][^-]*(-SNAPSHOT)?\\.tgz").toString();
  }

  private static String platform() throws IOException {
    return Built.file("fetch-urls-(linux|macos)-\\w+-.*\\.tgz").toString();
  }

  @Test
  void installRunAndUninstallWithoutATrace() throws IOException {
    String installed = shell.run("npm", "install", "--global", command(), platform());

    assertThat(installed).doesNotContain("warn");
    Path bin = directory.resolve("prefix/bin");
    Path manual = directory.resolve("prefix/share/man/man1/fetch.1");
    assertThat(manual).content().contains("NAME");
    try (FirstMinutes minutes = new FirstMinutes()) {
      minutes.tryOut(bin, Files.createDirectory(directory.resolve("work")));
    }
    String script = "echo 'not a url' | \"$0\"; echo $?; \"$0\" --no-such-option; echo $?";
    assertThat(shell.run("sh", "-c", script, bin.resolve("fetch").toString()))
        .contains(" invalid_url: ", "\n1\n")
        .endsWith("\n2\n");
    shell.run("npm", "uninstall", "--global", "fetch-urls", "@fetch-urls/" + label());
    assertThat(bin.resolve("fetch")).doesNotExist();
    assertThat(manual).doesNotExist();
    assertThat(directory.resolve("prefix/lib/node_modules/fetch-urls")).doesNotExist();
  }

  private static String label() throws IOException {
    return platform().replaceAll(".*fetch-urls-((linux|macos)-\\w+)-.*", "$1");
  }

  @Test
  void sayThatThePackageOfThePlatformIsMissing() throws IOException {
    shell.run("npm", "install", "--global", command());

    Shell.Ended ended = shell.end(directory.resolve("prefix/bin/fetch").toString());

    assertThat(ended.output())
        .startsWith("fetch: the package @fetch-urls/" + label() + " is not there: install ");
    assertThat(ended.code()).isEqualTo(70);
  }
}
