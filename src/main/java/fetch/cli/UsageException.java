package fetch.cli;

import java.io.IOException;

/** The command line asks for what cannot be; the message names the option. */
final class UsageException extends IOException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
