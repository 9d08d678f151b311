package fetch.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a script must hold, whether its shell is on this machine or not. */
class ShellTest {
  private static final List<Command> COMMANDS =
      List.of(
          new Command("", "Do it.", groups(), new Value.File()),
          new Command("two-words", "It's: [a] \\ $command `x`.", groups(), new Value.Free()));

  private static List<Command.Group> groups() {
    return List.of(
        new Command.Group(
            "All",
            List.of(
                option("-f", "--form", "NAME", new Value.Choice(List.of("a", "b"))),
                option("-d", "--dir", "DIR", new Value.Directory()),
                option("-l", "--list", "A,B", new Value.Some(List.of("x", "y"))),
                option("-n", "--number", "N", new Value.Free()),
                option("-4", "--http1.1", "", new Value.Free()))));
  }

  private static Option option(String shortName, String longName, String label, Value value) {
    String description = "It's: [a] \\ $command `x`. Default: 'none'; e.g. 1.5.";
    return new Option(List.of(shortName, longName), label, value, false, description);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void namesEveryCommandOptionAndWord(Shell shell) {
    String script = shell.script(COMMANDS);

    assertThat(script).contains("two-words").contains("a b").contains("x y");
    for (Option option : COMMANDS.getFirst().options()) {
      for (String name : option.names()) {
        String bare = name.replaceFirst("^-+", "");
        assertThat(script).containsPattern("(?<![\\w-])(-s |-l |--?)" + Pattern.quote(bare));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void endsItsLinesAsAShellWants(Shell shell) {
    assertThat(shell.script(COMMANDS)).endsWith("\n").doesNotContain("\r").doesNotContain("\t");
  }

  @Test
  void quotesForZshWhatMeansSomethingThere() {
    assertThat(Shell.ZSH.script(COMMANDS))
        .contains("'(-f --form)'{-f+,--form=}'[It'\\''s\\: \\[a\\] \\\\ $command `x`]:NAME:(a b)'")
        .contains("'two-words:It'\\''s\\: [a] \\ $command `x`.'");
  }

  @Test
  void quotesForFishWhatMeansSomethingThere() {
    assertThat(Shell.FISH.script(COMMANDS))
        .contains("-s f -l form -x -a 'a b' -d 'It\\'s: [a] \\\\ $command `x`'");
  }

  @Test
  void showsTheFirstSentenceOfADescription() {
    assertThat(summary("Do it. Or not.")).isEqualTo("Do it");
    assertThat(summary("Do 1.5 of it.")).isEqualTo("Do 1.5 of it");
    assertThat(summary("Do it")).isEqualTo("Do it");
  }

  private static String summary(String description) {
    return new Option(List.of("-x"), "", new Value.Free(), false, description).summary();
  }
}
