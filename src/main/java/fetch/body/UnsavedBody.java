package fetch.body;

import fetch.FailureKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A body did not get to where it was to go. */
public final class UnsavedBody extends IOException {
  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  UnsavedBody(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  UnsavedBody(FailureKind kind, String message, Throwable cause) {
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
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
