package fetch.cli;

import java.util.Locale;

/** When something is to be done for a person to see. */
enum When {
  /** When somebody sits at a terminal. */
  AUTO,
  ALWAYS,
  NEVER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
