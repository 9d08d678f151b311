package fetch.cli.options;

import java.util.regex.Pattern;

/** Writes text so that a POSIX shell takes it for one word, as it is. */
public final class ShellWord {
  private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellWord() {}

  public static String of(String text) {
    return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
