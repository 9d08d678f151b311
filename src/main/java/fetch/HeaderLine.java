package fetch;

import org.jspecify.annotations.Nullable;

/**
 * A header field that the user sets, in the syntax of {@link HttpSyntax}.
 *
 * @param value null to remove the field; it may be a secret and is never printed
 */
public record HeaderLine(String name, @Nullable String value) {
  @Override
  public String toString() {
    return name + ": ***";
  }
}
