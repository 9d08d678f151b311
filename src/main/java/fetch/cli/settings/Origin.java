package fetch.cli.settings;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The place where something was set.
 *
 * @param place its name in messages
 * @param file the name of the file, null if it is not a file
 */
public record Origin(String place, @Nullable String file) implements Serializable {
  public static final Origin COMMAND_LINE = new Origin("the command line", null);

  static final Origin VARIABLE = new Origin(Settings.VARIABLE, null);

  static Origin line(int number, String file) {
    return new Origin("line " + number + " of " + file, file);
  }

  /** A complaint about a setting at this place. */
  public SettingException complaint(String what) {
    return new SettingException(place + ": " + what);
  }
}
