package fetch.warc;

import java.io.IOException;

/** What was to be archived was not, and the run ends of it. */
public final class ArchiveWriteException extends IOException {
  private static final long serialVersionUID = 1;

  ArchiveWriteException(String message) {
    super(message);
  }
}
