package fetch.cli.settings;

/** Signals a setting that is invalid or cannot be read; the message names its place. */
public final class SettingException extends Exception {
  private static final long serialVersionUID = 1;

  SettingException(String message) {
    super(message);
  }
}
