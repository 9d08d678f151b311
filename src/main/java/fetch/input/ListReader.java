package fetch.input;

import fetch.Entry;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A list that is being read. Lines come out as they are, so that they can be counted without being
 * parsed. For one thread.
 */
interface ListReader extends Closeable {
  /** The next line or row, null at the end. Blocks while the input has no whole one. */
  @Nullable Line next() throws IOException;

  /** Whether {@link #next} has one without reading further. */
  boolean ready();

  /**
   * Passes over entries that follow without making lines of them, as far as their number is known.
   *
   * @return how many, at most {@code most}; 0 when {@link #next} has to be called
   */
  default long passOver(long most) {
    return 0;
  }

  /**
   * The position in the whole list that an entry names itself, as in a list that was divided;
   * negative if it comes after the entry before it.
   */
  default long position(Line line) {
    return -1;
  }

  /** Whether a line is an entry, not a blank line or a comment. */
  boolean isEntry(Line line);

  /** The list that a line names; null when the line is an entry. */
  default @Nullable Source nested(Line line) {
    return null;
  }

  /** Parses the entry. Never fails: invalid input becomes a {@link fetch.BadLine}. */
  Entry parse(long urlnum, Line line);

  /** What the entry's record will say of it. */
  default ListedEntry listed(long urlnum, Line line) {
    return ListedEntry.of(parse(urlnum, line));
  }
}
