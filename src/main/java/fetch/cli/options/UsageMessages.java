package fetch.cli.options;

import fetch.cli.usage.Typo;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains errors on the command line in a sentence. */
public final class UsageMessages {
  private UsageMessages() {}

  public static String of(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
        ? unknown(unmatched)
        : lowerCaseFirst(String.valueOf(e.getMessage()));
  }

  /** Omits the value of the option, which may be a password. */
  private static String unknown(UnmatchedArgumentException e) {
    String option = e.getUnmatched().getFirst();
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    return "unknown option " + name + suggestion(name, longNames(e.getCommandLine()));
  }

  private static Set<String> longNames(CommandLine commandLine) {
    CommandSpec spec = commandLine.getCommandSpec();
    Set<String> names = new TreeSet<>(spec.optionsMap().keySet());
    names.addAll(spec.negatedOptionsMap().keySet());
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  /** Suggests the nearest known word, for the end of an error message. */
  public static String suggestion(String written, Collection<String> words) {
    String meant = Typo.meant(written, words);
    return meant == null ? "" : "; did you mean " + meant + "?";
  }

  private static String lowerCaseFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
