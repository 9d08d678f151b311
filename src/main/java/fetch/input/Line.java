package fetch.input;

import org.jspecify.annotations.Nullable;

/**
 * One line of a list, trimmed.
 *
 * @param number from 1
 * @param text the line, or its beginning if it is too long
 * @param fault of the line itself, null for none
 */
record Line(long number, String text, @Nullable String fault) {
  /** Whether the line is neither blank nor a comment. */
  boolean isEntry() {
    return !text.isEmpty() && text.charAt(0) != '#';
  }
}
