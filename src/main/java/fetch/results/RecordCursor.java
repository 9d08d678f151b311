package fetch.results;

import java.io.Closeable;
import java.io.IOException;

/** Reads records in order of position. For one thread. */
interface RecordCursor extends Closeable {
  /** Moves on to the next record; false at the end. */
  boolean next() throws IOException;

  /** The current record. */
  Item record();

  /**
   * A record.
   *
   * @param file the number of its file, from 0; later files take precedence
   * @param text without its line end
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Item(long position, int file, byte[] text) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int positions = Long.compare(position, other.position);
      return positions == 0 ? Integer.compare(file, other.file) : positions;
    }
  }
}
