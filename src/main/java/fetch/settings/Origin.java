package fetch.settings;

/**
 * Where something was set.
 *
 * @param place as a message calls it
 */
public record Origin(String place) {
  public static final Origin COMMAND_LINE = new Origin("the command line");

  static final Origin VARIABLE = new Origin(Settings.VARIABLE);

  static Origin line(int number, String file) {
    return new Origin("line " + number + " of " + file);
  }

  SettingException complaint(String what) {
    return new SettingException(place + ": " + what);
  }
}
