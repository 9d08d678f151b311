package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fetch.cli.options.OptionGroup;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private static final String HELP = InProcess.fetch("", "--help").out();

  @Test
  void goesToStandardOutputWithAGoodExitCode() {
    Ended ended = InProcess.fetch("", "-h");

    assertThat(ended).isEqualTo(new Ended(0, HELP, ""));
    assertThat(HELP).startsWith("Usage: fetch [OPTIONS] [SOURCE...]\n").endsWith("\n");
  }

  @Test
  void fitsATerminalOfEightyColumns() {
    assertThat(HELP.lines()).allMatch(line -> line.length() <= 80);
    assertThat(HELP.lines()).noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void describesEveryOption() {
    FetchCommand command =
        new FetchCommand(new Console(System.in, System.out, System.err), Map.of());

    for (OptionGroup group : command.groups()) {
      assertThat(HELP).contains("\n" + group.heading() + ":\n");
      for (OptionSpec option : group.options()) {
        assertThat(HELP.replace("[no-]", "")).contains(option.names());
        assertThat(option.description()).as(option.longestName()).isNotEmpty();
      }
    }
  }

  @Test
  void isPrintedWhateverElseIsAsked() {
    assertThat(InProcess.fetch("", "-q", "--help", "-w3", "list.txt").out()).isEqualTo(HELP);
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(InProcess.fetch("", "-V").out())
        .matches("fetch \\S+ \\(Java 25\\S*, OkHttp 5\\.\\S+\\)\n");
    assertThat(InProcess.fetch("", "--version").code()).isZero();
  }
}
