package fetch.cli.options;

import java.io.IOException;

/** The command line asks for what cannot be; the message names the option. */
public final class UsageException extends IOException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
