package fetch.cli.usage;

import java.util.List;

/** Generates completion for fish. */
final class FishScript {
  private static final String HEAD =
      """
      # Completion of fetch's command lines for fish: fetch completion fish | source

      function __fetch_is --description 'Whether the command line is one of this command'
          set -l words (commandline -opc)
          set -l command ''
          if set -q words[2]; and contains -- $words[2] COMMANDS
              set command $words[2]
          end
          test "$command" = "$argv[1]"
      end

      function __fetch_is_first --description 'Whether nothing but the program was written yet'
          test (count (commandline -opc)) -eq 1
      end

      function __fetch_some --description 'Words, after what stands before the last comma'
          set -l head (string match -r '^.*,' -- (commandline -ct | string replace -r '^--[^=]*=' ''))
          printf '%s\\n' "$head"$argv
      end

      complete -c fetch -f
      """;

  private static final String ARGUMENT_FILES =
      "complete -c fetch -n \"__fetch_is ''; and string match -q '@*' -- (commandline -ct)\""
          + " -f -a \"(__fish_complete_path (commandline -ct | string sub -s 2)"
          + " | string replace -r '^' @)\"";

  private final StringBuilder script = new StringBuilder();

  private FishScript() {}

  static String of(List<Command> commands) {
    FishScript script = new FishScript();
    List<Command> words = Command.words(commands);
    script.script.append(
        HEAD.replace("COMMANDS", String.join(" ", words.stream().map(Command::word).toList())));
    for (Command word : words) {
      script.line(
          "complete -c fetch -n __fetch_is_first -a "
              + word.word()
              + " -d "
              + quoted(word.description()));
    }
    for (Command command : commands) {
      command.options().forEach(option -> script.option(command, option));
      script.operand(command);
    }
    return script.script.toString();
  }

  private void option(Command command, Option option) {
    StringBuilder text = new StringBuilder(start(command));
    option.shortNames().forEach(name -> text.append(" -s ").append(name.substring(1)));
    option.longNames().forEach(name -> text.append(" -l ").append(name.substring(2)));
    text.append(option.takesValue() ? values(option.value()) : "");
    line(text + " -d " + quoted(option.summary()));
  }

  private void operand(Command command) {
    line(start(command) + operands(command.operand()));
    if (command.isProgram()) {
      line(ARGUMENT_FILES);
    }
  }

  private static String start(Command command) {
    return "complete -c fetch -n " + quoted("__fetch_is '" + command.word() + "'");
  }

  private static String values(Value value) {
    return switch (value) {
      case Value.Free() -> " -x";
      case Value.File() -> " -r -F";
      case Value.Directory() -> " -x -a '(__fish_complete_directories)'";
      case Value.Choice(List<String> words) -> " -x -a " + quoted(String.join(" ", words));
      case Value.Some(List<String> words) ->
          " -x -a " + quoted("(__fetch_some " + String.join(" ", words) + ")");
    };
  }

  private static String operands(Value value) {
    return switch (value) {
      case Value.Free() -> " -f";
      case Value.File(), Value.Directory() -> " -F";
      case Value.Choice(List<String> words) -> " -f -a " + quoted(String.join(" ", words));
      case Value.Some(List<String> words) -> " -f -a " + quoted(String.join(" ", words));
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
