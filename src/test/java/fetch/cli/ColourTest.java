package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is shown colours and columns, and who the plain contract. */
class ColourTest {
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "200 2 \\d\\.\\d{3} http://\\S+/x\n";
  private static final String ALIGNED = "200      2 B +\\d+ ms http://\\S+/x\n";

  @TempDir private Path directory;
  @AutoClose private final Site site = Site.open();

  private static String uncoloured(String text) {
    return text.replace(GREEN, "").replace("\u001b[0m", "");
  }

  private AtTerminal fetch(String terminals, String variable, String option) {
    AtTerminal at = new AtTerminal(terminals);
    if (!variable.isEmpty()) {
      at.with(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    assertThat(at.run(option, site.url("/x"))).isZero();
    return at;
  }

  @ParameterizedTest
  @CsvSource({
    "'', --color=auto, true",
    "'', --color=always, true",
    "'', --color=never, false",
    "NO_COLOR=1, --color=auto, false",
    "NO_COLOR=, --color=auto, true",
    "NO_COLOR=1, --color=always, true",
    "CLICOLOR=0, --color=auto, false",
    "CLICOLOR=1, --color=auto, true",
    "CLICOLOR=0, --color=always, true",
    "CLICOLOR_FORCE=1, --color=never, false",
    "TERM=dumb, --color=auto, false",
    "TERM=, --color=auto, false",
    "TERM=dumb, --color=always, true",
    "TERM=linux, --color=auto, true"
  })
  void coloursATerminalUnlessToldNotTo(String variable, String option, boolean coloured) {
    String seen = fetch(AtTerminal.STDOUT_TOO, variable, option).terminal().everything();

    assertThat(seen.startsWith(GREEN + "200\u001b[0m ")).isEqualTo(coloured);
    assertThat(seen.contains(GREEN + "1 ok\u001b[0m, ")).isEqualTo(coloured);
    assertThat(uncoloured(seen)).matches(ALIGNED + "1 urls: .*\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', --color=auto, false",
    "'', --color=always, true",
    "CLICOLOR=1, --color=auto, false",
    "CLICOLOR_FORCE=1, --color=auto, true",
    "CLICOLOR_FORCE=0, --color=auto, false",
    "CLICOLOR_FORCE=, --color=auto, false",
    "CLICOLOR_FORCE=1, --color=never, false"
  })
  void coloursAPipeOnlyWhenToldToAndKeepsTheContract(
      String variable, String option, boolean coloured) {
    String seen = fetch("", variable, option).piped();

    assertThat(seen.contains("\u001b")).isEqualTo(coloured);
    assertThat(uncoloured(seen)).matches(PLAIN + "1 urls: .*\n");
  }

  @Test
  void prefersNoColourToColourByForce() {
    AtTerminal at = new AtTerminal("").with("NO_COLOR", "1").with("CLICOLOR_FORCE", "1");
    at.run(site.url("/x"));

    assertThat(at.piped()).doesNotContain("\u001b");
  }

  @Test
  void keepsTheContractForWhoeverReadsAPipe() {
    AtTerminal at = fetch(AtTerminal.STDERR_ONLY, "", "--color=auto");

    assertThat(at.piped()).matches(PLAIN);
    assertThat(at.terminal().everything()).startsWith("1 urls: " + GREEN + "1 ok");
  }

  @Test
  void keepsTheContractInAFile() throws IOException {
    Path file = directory.resolve("records");
    AtTerminal at = fetch(AtTerminal.STDOUT_TOO, "", "-o" + file);

    assertThat(Files.readString(file)).matches(PLAIN);
    assertThat(at.terminal().everything()).startsWith("1 urls: " + GREEN + "1 ok");
  }

  @Test
  void coloursAFileWhenToldTo() throws IOException {
    Path file = directory.resolve("records");
    new AtTerminal("").run("--color=always", "-o" + file, site.url("/x"));

    assertThat(Files.readString(file)).startsWith(GREEN);
    assertThat(uncoloured(Files.readString(file))).matches(PLAIN);
  }

  @Test
  void keepsWhatMachinesReadAsItIs() {
    AtTerminal at = fetch(AtTerminal.STDOUT_TOO, "CLICOLOR_FORCE=1", "-fjsonl");

    assertThat(at.rows().getFirst()).startsWith("{\"urlnum\":0,").contains("\"size_delivered\":2,");
    assertThat(at.terminal().everything()).startsWith("{\"urlnum\":0,");
  }
}
