package fetch.cli.options;

import java.util.regex.Pattern;

/** Quotes text as one word of a POSIX shell. */
public final class ShellWord {
  private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellWord() {}

  public static String of(String text) {
    return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
