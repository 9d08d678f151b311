package fetch.cli.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Finds options by name; builds its table on first use. */
public final class OptionNames {
  private final List<OptionGroup> groups;
  private final Map<String, OptionSpec> options = new HashMap<>();

  public OptionNames(List<OptionGroup> groups) {
    this.groups = groups;
  }

  private Map<String, OptionSpec> options() {
    if (options.isEmpty()) {
      for (OptionGroup group : groups) {
        group.options().forEach(this::add);
      }
    }
    return options;
  }

  private void add(OptionSpec option) {
    for (String name : option.names()) {
      options.put(name, option);
      if (option.negatable() && name.startsWith("--")) {
        options.put("--no-" + name.substring(2), option);
      }
    }
  }

  /** The option of this name, hyphens included; null if there is none. */
  public @Nullable OptionSpec find(@Nullable String name) {
    return options().get(name);
  }

  public boolean areOfOneOption(String name, @Nullable String other) {
    OptionSpec option = find(name);
    return option != null && option.equals(find(other));
  }

  public boolean takesValue(String name) {
    OptionSpec option = find(name);
    return option != null && option.arity().min() > 0;
  }
}
