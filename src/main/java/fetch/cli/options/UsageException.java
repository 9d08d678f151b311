package fetch.cli.options;

import java.io.IOException;

/** Signals an invalid command line; the message names the option. */
public final class UsageException extends IOException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
