package fetch.spark;

import fetch.input.LineParser;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A line of a list, without its position.
 *
 * @param source the number of its list in the job, from 0
 * @param entry whether it is an entry, and not a blank line or a comment
 * @param text trimmed; empty if it is no entry
 * @param fault of the line itself, null for none
 */
record RawLine(int source, boolean entry, String text, @Nullable String fault)
    implements Serializable {
  /**
   * Reads a line.
   *
   * @param bytes whose first {@code length} are the line
   */
  static RawLine of(int source, LineParser parser, byte[] bytes, int length) {
    String text = LineParser.text(bytes, length);
    boolean entry = parser.isEntry(text);
    return new RawLine(source, entry, entry ? text : "", LineParser.fault(bytes, length));
  }

  /** A row of a table, which is always an entry. */
  static RawLine ofRow(int source, String json) {
    return new RawLine(source, true, json, null);
  }
}
