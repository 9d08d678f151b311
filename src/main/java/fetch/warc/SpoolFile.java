package fetch.warc;

import fetch.file.OwnFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of a spool. It has no name on Unix, so a killed process leaves nothing behind. For one
 * thread at a time, except {@link #copy}.
 */
final class SpoolFile implements Closeable {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final FileChannel channel;
  private long size;
  private int kept;
  private boolean complete;

  private SpoolFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Creates a file in a directory. */
  static SpoolFile create(Path directory) throws IOException {
    return new SpoolFile(temporary(directory));
  }

  /** Creates a file that disappears when it is closed. */
  static FileChannel temporary(Path directory) throws IOException {
    return OwnFile.create(
        OwnFile.temporaryBeside(directory.resolve("fetch-spool")),
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Appends both records or none; returns where they begin. */
  long append(RequestAndResponse pair) throws IOException {
    long start = size;
    try {
      EncodedRecord.write(channel, pair.request(), pair.response());
    } catch (IOException e) {
      channel.truncate(start);
      throw e;
    }
    size += pair.length();
    kept++;
    return start;
  }

  /** Copies bytes that were appended. Safe for many threads. */
  void copy(long start, long length, OutputStream out) throws IOException {
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(length, BLOCK_BYTES));
    long at = start;
    long end = start + length;
    while (at < end) {
      block.clear().limit((int) Math.min(block.capacity(), end - at));
      int n = channel.read(block, at);
      if (n <= 0) {
        throw new IOException("the spool of an archive is shorter than it was");
      }
      out.write(block.array(), 0, n);
      at += n;
    }
  }

  /** Ends appending. */
  void complete() {
    complete = true;
  }

  /** Releases one exchange. */
  void release() {
    kept--;
  }

  /** Whether appending has ended and all exchanges are released. */
  boolean isOver() {
    return complete && kept == 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
