package fetch.http;

import fetch.FailureKind;
import java.io.IOException;

/** A failure whose kind is known where it arises, on its way through OkHttp. */
final class FailedTransfer extends IOException {
  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  FailedTransfer(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
