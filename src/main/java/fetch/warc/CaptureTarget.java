package fetch.warc;

import fetch.ArchivedResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Receives captured exchanges. Safe for many threads. */
interface CaptureTarget {
  /**
   * Stores a whole exchange; returns the place of its response, null if results do not state it.
   */
  @Nullable ArchivedResponse add(CapturedExchange content) throws ArchiveWriteException;

  /** Reports a write failure, which ends the run. */
  void fails(IOException e);

  /** The failure that was reported. */
  ArchiveWriteException failed();

  /** A file for the parts of an exchange that are too large for memory. */
  FileChannel newTemporaryFile() throws IOException;

  RecordTools tools();
}
