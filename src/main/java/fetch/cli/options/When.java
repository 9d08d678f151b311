package fetch.cli.options;

import java.util.Locale;

/** When something is to be done for a person to see. */
public enum When {
  /** Only on a terminal. */
  AUTO,
  ALWAYS,
  NEVER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
