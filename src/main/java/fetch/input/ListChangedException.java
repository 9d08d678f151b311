package fetch.input;

import java.io.IOException;

/**
 * Thrown if the list is not the one that an earlier run read; the message says where it differs.
 */
public final class ListChangedException extends IOException {
  private static final long serialVersionUID = 1;

  public ListChangedException(String message) {
    super(message);
  }
}
