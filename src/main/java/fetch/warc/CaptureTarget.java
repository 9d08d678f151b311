package fetch.warc;

import fetch.ArchivedResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Takes what a capture has. Safe for many threads. */
interface CaptureTarget {
  /** Takes a whole exchange; returns where its response is, null if results don't say it. */
  @Nullable ArchivedResponse add(CapturedExchange content) throws ArchiveWriteException;

  /** Reports a write failure, which ends the run. */
  void fails(IOException e);

  /** The failure that was reported. */
  ArchiveWriteException failed();

  /** A file for the parts of an exchange that are too large for memory. */
  FileChannel newTemporaryFile() throws IOException;

  RecordTools tools();
}
