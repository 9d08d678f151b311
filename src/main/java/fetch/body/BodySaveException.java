package fetch.body;

import fetch.FailureKind;
import fetch.file.FileFault;
import java.io.IOException;

/** A body did not get to where it was to go. */
public final class BodySaveException extends IOException {
  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  BodySaveException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  BodySaveException(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** {@link FailureKind#INTERRUPTED} when the run ends of it. */
  public FailureKind kind() {
    return kind;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** What an exception about a file says, for a person. */
  static String reason(IOException e) {
    return FileFault.sentence(e);
  }
}
