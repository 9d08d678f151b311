package fetch.cli.usage;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The shells with completion. */
public enum Shell {
  BASH(BashScript::of),
  ZSH(ZshScript::of),
  FISH(FishScript::of);

  private final Function<List<Command>, String> script;

  Shell(Function<List<Command>, String> script) {
    this.script = script;
  }

  /** A script that completes these commands, one of which is the program. */
  public String script(List<Command> commands) {
    return script.apply(commands);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
