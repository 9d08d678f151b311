package fetch.warc;

import java.io.IOException;

/** Reports that an exchange could not be archived, which ends the run. */
public final class ArchiveWriteException extends IOException {
  private static final long serialVersionUID = 1;

  ArchiveWriteException(String message) {
    super(message);
  }
}
