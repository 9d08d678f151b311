package fetch.http.call;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the server has not acted on a request and never will. It may be sent again, whatever
 * its method (RFC 9113, section 8.7).
 */
public class Unprocessed extends IOException {
  private static final long serialVersionUID = 1;

  public Unprocessed(String message, @Nullable IOException cause) {
    super(message, cause);
  }
}
