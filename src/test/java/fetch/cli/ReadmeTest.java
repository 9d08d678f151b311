package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Pattern USAGE = Pattern.compile("(?ms)^```[a-z]*\\R(Usage: fetch.*?)^```");
  private static final Pattern FETCH_COMMAND =
      Pattern.compile("(?m)^\\s*(?:[$>] )?(?:.*\\| )?\\S*fetch (.*)$");
  private static final Pattern OPTION = Pattern.compile("(?<=\\s|^)--?[A-Za-z0-9][\\w.-]*");

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md")).replace("\r\n", "\n");
  }

  @Test
  void showsTheHelpTextAsItIs() throws IOException {
    Matcher usage = USAGE.matcher(readme());

    assertThat(usage.find()).as("a fenced block that starts with 'Usage: fetch'").isTrue();
    assertThat(usage.group(1)).isEqualTo(InProcess.fetch("", "--help").out());
  }

  @Test
  void usesOnlyOptionsThatExist() throws IOException {
    Set<String> known = new TreeSet<>(List.of("--no-compressed", "--no-location"));
    Console console = new Console(System.in, System.out, System.err);
    FetchCommand command = new FetchCommand(console, Map.of());
    Stream.concat(
            command.groups().stream(),
            new CompareCommand(command.groups(), console, Map.of()).groups().stream())
        .forEach(group -> group.options().forEach(o -> known.addAll(List.of(o.names()))));
    Set<String> used = new TreeSet<>();
    Matcher commands = FETCH_COMMAND.matcher(USAGE.matcher(readme()).replaceAll(""));
    while (commands.find()) {
      OPTION.matcher(commands.group(1)).results().forEach(option -> used.add(option.group()));
    }

    assertThat(known).containsAll(used);
  }
}
