package fetch;

import org.jspecify.annotations.Nullable;

/**
 * A header of the user's, which {@link HttpSyntax} allows.
 *
 * @param value null to send no such header at all; it may be a secret, so it is never printed
 */
public record HeaderLine(String name, @Nullable String value) {
  @Override
  public String toString() {
    return name + ": ***";
  }
}
