package fetch.cli.usage;

import java.util.List;
import java.util.stream.Collectors;

/** Generates completion for zsh with its _arguments. */
final class ZshScript {
  private static final String HEAD =
      """
      #compdef fetch
      # Completion of fetch's command lines for zsh. Save it as _fetch in a directory of $fpath, or
      # source <(fetch completion zsh) after compinit.

      """;

  private static final String TAIL =
      """

      if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
        _fetch "$@"
      else
        compdef _fetch fetch
      fi
      """;

  private final StringBuilder script = new StringBuilder(HEAD);

  private ZshScript() {}

  static String of(List<Command> commands) {
    ZshScript script = new ZshScript();
    commands.forEach(script::function);
    script.sources(Command.words(commands));
    script.dispatch(Command.words(commands));
    return script.script.append(TAIL).toString();
  }

  private static String name(Command command) {
    return command.isProgram() ? "_fetch_urls" : "_fetch_" + command.word();
  }

  private void function(Command command) {
    line(name(command) + "() {");
    line("  _arguments -s -S \\");
    for (Option option : command.options()) {
      line("    " + specification(option) + " \\");
    }
    line("    " + quoted("*:" + operand(command)));
    line("}");
    line("");
  }

  private static String operand(Command command) {
    return command.isProgram() ? "SOURCE:_fetch_sources" : "argument:" + action(command.operand());
  }

  /** Sources: files, or in the first place a command. */
  private void sources(List<Command> words) {
    line("_fetch_sources() {");
    line("  if compset -P @; then _files; return; fi");
    line("  if (( CURRENT == 2 )); then");
    line("    local -a commands=(" + described(words) + ")");
    line("    _describe -t commands command commands");
    line("  fi");
    line("  _files");
    line("}");
    line("");
  }

  private static String described(List<Command> words) {
    return words.stream().map(ZshScript::described).collect(Collectors.joining(" "));
  }

  private static String described(Command command) {
    return quoted(command.word() + ":" + command.description().replace(":", "\\:"));
  }

  private void dispatch(List<Command> words) {
    line("_fetch() {");
    line("  if (( CURRENT > 2 )); then");
    line("    case $words[2] in");
    for (Command command : words) {
      line(
          "      "
              + command.word()
              + ") shift words; (( CURRENT-- )); "
              + name(command)
              + "; return ;;");
    }
    line("    esac");
    line("  fi");
    line("  _fetch_urls");
    line("}");
  }

  /** Such as {@code '(-f --format)'{-f+,--format=}'[How it looks]:NAME:(text jsonl)'}. */
  private static String specification(Option option) {
    String spellings =
        option.names().stream()
            .map(name -> spelling(option, name))
            .collect(Collectors.joining(","));
    String text = "[" + escaped(option.summary()) + "]";
    if (option.takesValue()) {
      text += ":" + escaped(option.label()) + ":" + action(option.value());
    }
    String first = option.repeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
    boolean one = option.names().size() == 1;
    return one
        ? quoted((option.repeatable() ? "*" : "") + spellings + text)
        : quoted(first) + "{" + spellings + "}" + quoted(text);
  }

  private static String spelling(Option option, String name) {
    String mark = name.startsWith("--") ? "=" : "+";
    return option.takesValue() ? name + mark : name;
  }

  private static String action(Value value) {
    return switch (value) {
      case Value.Free() -> " ";
      case Value.File() -> "_files";
      case Value.Directory() -> "_files -/";
      case Value.Choice(List<String> words) -> "(" + String.join(" ", words) + ")";
      case Value.Some(List<String> words) -> "_sequence compadd - " + String.join(" ", words);
    };
  }

  /** Escapes text: brackets and colons are special in a specification. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
