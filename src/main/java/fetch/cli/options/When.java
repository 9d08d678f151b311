package fetch.cli.options;

import java.util.Locale;

/** When to do something meant for a person. */
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
