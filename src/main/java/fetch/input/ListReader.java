package fetch.input;

import fetch.Entry;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a list as unparsed lines, which can be counted without parsing. For one thread. */
interface ListReader extends Closeable {
  /** The next line or row, null at the end. Blocks while the input has no complete one. */
  @Nullable Line next() throws IOException;

  /** Whether {@link #next} has one without reading more. */
  boolean ready();

  /**
   * Skips entries without making lines of them, if their number is known.
   *
   * @return how many, at most {@code most}; 0 if {@link #next} must be called
   */
  default long passOver(long most) {
    return 0;
  }

  /**
   * The position in the whole list that an entry of a divided list states; negative if it does not
   * come after that of the entry before.
   */
  default long position(Line line) {
    return -1;
  }

  /** Whether a line is an entry, and not a blank line or a comment. */
  boolean isEntry(Line line);

  /** The list that a line names; null if the line is an entry. */
  default @Nullable Source nested(Line line) {
    return null;
  }

  /** Parses the entry. Never fails: invalid input becomes a {@link fetch.BadLine}. */
  Entry parse(long urlnum, Line line);

  /** The fields of the entry's record that come from the list. */
  default ListedEntry listed(long urlnum, Line line) {
    return ListedEntry.of(parse(urlnum, line));
  }
}
