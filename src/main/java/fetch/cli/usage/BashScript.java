package fetch.cli.usage;

import java.util.ArrayList;
import java.util.List;

/** Generates completion for bash 3.2 and later, without bash-completion. */
final class BashScript {
  /** Bash splits {@code --format=te} into three words, and {@code @te} into two. */
  private static final String HEAD =
      """
      # Completion of fetch's command lines for bash: source <(fetch completion bash)

      _fetch_words() { # completes the word with one of the arguments
        local IFS=$'\\n'
        COMPREPLY=($(compgen -W "$*" -- "$cur"))
      }

      _fetch_some() { # completes the last part of a list separated by commas
        local IFS=$'\\n' head=
        if [[ $cur == *,* ]]; then head=${cur%,*},; fi
        compopt -o nospace 2>/dev/null
        COMPREPLY=($(compgen -P "$head" -W "$*" -- "${cur##*,}"))
      }

      _fetch_nothing() { # offers no files where there is nothing to complete
        compopt +o default +o bashdefault 2>/dev/null
        COMPREPLY=()
      }

      _fetch_files() { # what bash does when there is nothing else
        COMPREPLY=()
      }

      _fetch_directories() {
        compopt -o dirnames 2>/dev/null
        COMPREPLY=()
      }

      _fetch_argument_files() { # an at sign, and the names of files that begin like this
        local IFS=$'\\n' file
        COMPREPLY=()
        for file in $(compgen -f -- "$1"); do COMPREPLY+=("@$(printf %q "$file")"); done
      }

      _fetch_sources() { # files, and words that are commands
        local IFS=$'\\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$cur") $(compgen -W "$*" -- "$cur"))
      }

      _fetch() {
        local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} command= i
        local typed=${COMP_LINE:0:COMP_POINT}
        typed=${typed##*[[:space:]]}
        if [[ $typed == @* ]]; then _fetch_argument_files "${typed#@}"; return; fi
        if [[ $option == = && COMP_CWORD -gt 1 ]]; then option=${COMP_WORDS[COMP_CWORD - 2]}; fi
        if [[ $cur == = ]]; then cur=; fi
      """;

  private static final String TAIL =
      """
      }

      complete -o default -o bashdefault -F _fetch fetch
      """;

  private final StringBuilder script = new StringBuilder(HEAD);

  private BashScript() {}

  static String of(List<Command> commands) {
    BashScript script = new BashScript();
    script.body(commands);
    return script.script.append(TAIL).toString();
  }

  private void body(List<Command> commands) {
    Command program = Command.program(commands);
    List<String> words = Command.words(commands).stream().map(Command::word).toList();
    line("  if [[ COMP_CWORD -gt 1 ]]; then");
    line(
        "    case ${COMP_WORDS[1]} in "
            + String.join(" | ", words)
            + ") command=${COMP_WORDS[1]} ;; esac");
    line("  fi");
    line("  for ((i = 1; i < COMP_CWORD; i++)); do");
    line("    if [[ ${COMP_WORDS[i]} == -- ]]; then _fetch_files; return; fi");
    line("  done");
    line("  case $command:$option in");
    for (Command command : commands) {
      command.options().stream()
          .filter(Option::takesValue)
          .forEach(option -> value(command, option));
    }
    line("  esac");
    line("  case $command:$cur in");
    for (Command command : commands) {
      line("    " + command.word() + ":-*) _fetch_words " + quoted(names(command)) + " ;;");
    }
    for (Command command : Command.words(commands)) {
      line("    " + command.word() + ":*) " + action(command.operand()) + " ;;");
    }
    String first = "[[ COMP_CWORD -eq 1 ]]";
    line("    *) if " + first + "; then _fetch_sources " + quoted(words));
    line("      else " + action(program.operand()) + "; fi ;;");
    line("  esac");
  }

  private void value(Command command, Option option) {
    List<String> patterns = new ArrayList<>();
    for (String name : option.names()) {
      patterns.add(command.word() + ":" + name);
    }
    line("    " + String.join(" | ", patterns) + ") " + action(option.value()) + "; return ;;");
  }

  private static String action(Value value) {
    return switch (value) {
      case Value.Free() -> "_fetch_nothing";
      case Value.File() -> "_fetch_files";
      case Value.Directory() -> "_fetch_directories";
      case Value.Choice(List<String> words) -> "_fetch_words " + quoted(words);
      case Value.Some(List<String> words) -> "_fetch_some " + quoted(words);
    };
  }

  private static List<String> names(Command command) {
    return command.options().stream().flatMap(option -> option.names().stream()).toList();
  }

  private static String quoted(List<String> words) {
    return String.join(" ", words);
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
