package fetch.cli.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} by the values of environment variables.
 *
 * @param environment by name
 */
record Variables(Map<String, String> environment) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** The text with the values inserted; an unset variable is an error. */
  String expand(String text, Origin origin) throws SettingException {
    if (!text.contains("${")) {
      return text;
    }
    StringBuilder expanded = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        throw origin.complaint("the variable " + matcher.group(1) + " is not set");
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(expanded).toString();
  }

  @Override
  public String toString() {
    return "Variables";
  }
}
