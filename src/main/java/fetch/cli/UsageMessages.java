package fetch.cli;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a sentence what is wrong with a command line. */
final class UsageMessages {
  private UsageMessages() {}

  static String of(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
        ? unknown(unmatched)
        : lowerCaseFirst(String.valueOf(e.getMessage()));
  }

  /** Leaves out what is given with the option; it may be a password. */
  private static String unknown(UnmatchedArgumentException e) {
    String option = e.getUnmatched().getFirst();
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    List<String> similar = e.getSuggestions();
    return "unknown option " + name + (similar.isEmpty() ? "" : "; is it " + anyOf(similar) + "?");
  }

  private static String anyOf(List<String> names) {
    return String.join(" or ", names);
  }

  private static String lowerCaseFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
