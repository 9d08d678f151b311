package fetch.body;

import fetch.FailureKind;
import fetch.file.FileFault;
import java.io.IOException;

/** Reports that a body could not be saved, or must not be. */
public final class BodySaveException extends IOException {
  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  public BodySaveException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public BodySaveException(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The kind of failure; {@link FailureKind#INTERRUPTED} if it ends the run. */
  public FailureKind kind() {
    return kind;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** The message of an exception about a file. */
  static String reason(IOException e) {
    return FileFault.sentence(e);
  }
}
