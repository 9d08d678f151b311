package fetch.cli;

import fetch.cli.usage.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A shell of this machine that has loaded its script. */
record RealShell(Shell kind, Path script, Path directory) {
  /** Bash hands the words over broken at these, too. */
  private static final Pattern BREAKS = Pattern.compile("[=@]|[^\\s=@]+|(?<=\\s)$");

  private static final String BASH =
      """
      source "$1"; COMP_LINE=$2 COMP_POINT=${#2}; shift 2
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _fetch
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  private static final Pattern OF_ZSH = Pattern.compile("(?m)^<(.*)>");

  boolean isHere() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, kind.toString())));
  }

  /** Whether the script is one to this shell; what it says if not. */
  String complaints() throws IOException {
    return run(List.of(kind.toString(), "-n", script.toString()));
  }

  /** What can stand at the end of the line, where files are those of the directory. */
  Set<String> offers(String line) throws IOException {
    List<String> offers =
        switch (kind) {
          case BASH -> ofBash(line);
          case ZSH -> ofZsh(line);
          case FISH -> ofFish(line);
        };
    Set<String> words = new TreeSet<>();
    for (String offer : offers) {
      words.add(offer.replaceFirst("^--[^=]*=", "").replace("\\ ", " "));
    }
    words.remove("");
    return words;
  }

  private List<String> ofBash(String line) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("bash", "--norc", "--noprofile", "-c", BASH, "bash", script.toString(), line));
    BREAKS.matcher(line).results().forEach(word -> command.add(word.group()));
    return run(command).lines().toList();
  }

  private List<String> ofZsh(String line) throws IOException {
    String driver = Path.of("src/test/resources/fetch/cli/zsh-completion").toAbsolutePath() + "";
    Matcher offers = OF_ZSH.matcher(run(List.of("zsh", "-f", driver, script.toString(), line)));
    return offers.results().map(offer -> offer.group(1)).toList();
  }

  private List<String> ofFish(String line) throws IOException {
    String complete = "source $argv[1]; complete -C $argv[2]";
    return run(List.of("fish", "-N", "-c", complete, script.toString(), line))
        .lines()
        .map(offer -> offer.replaceFirst("\t.*", ""))
        .toList();
  }

  private String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("TERM", "dumb");
    Process process = builder.directory(directory.toFile()).start();
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
