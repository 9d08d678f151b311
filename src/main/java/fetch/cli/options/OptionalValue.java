package fetch.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Takes the optional value of an option only after an equals sign, like getopt; picocli would take
 * the next argument.
 */
public final class OptionalValue<T> implements IParameterPreprocessor {
  private static final String SEPARATOR = "separator";

  private final T otherwise;

  /**
   * @param otherwise the value if none is given
   */
  public OptionalValue(T otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own type
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if ("=".equals(info.get(SEPARATOR))) {
      return false;
    }
    option.setValue(otherwise);
    return true;
  }
}
