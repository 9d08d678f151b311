package fetch.cli.settings;

/** A setting cannot be understood, or not be read; the message names its place. */
public final class SettingException extends Exception {
  private static final long serialVersionUID = 1;

  SettingException(String message) {
    super(message);
  }
}
