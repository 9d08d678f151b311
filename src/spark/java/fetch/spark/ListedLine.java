package fetch.spark;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the job as in its list.
 *
 * @param urlnum its position among all entries of the job, from 0
 * @param number of the line in its list, from 1
 * @param source the number of its list in the job, from 0
 * @param text trimmed, without line ends
 * @param fault of the line itself, null for none
 */
record ListedLine(long urlnum, long number, int source, String text, @Nullable String fault)
    implements Serializable {
  private static final char TAB = '\t';
  private static final int COLUMNS = 5;

  /** Omits the text, which may have a password. */
  @Override
  public String toString() {
    return "ListedLine[" + urlnum + "]";
  }

  /** Formats it as one line of a file; the text comes last, as it may have tabs. */
  String encoded() {
    return urlnum + "\t" + number + TAB + source + TAB + (fault == null ? "" : fault) + TAB + text;
  }

  /**
   * Parses the output of {@link #encoded}.
   *
   * @throws IOException if it is invalid; without the text, which may have a password
   */
  static ListedLine decode(String line) throws IOException {
    String[] columns = line.split("\t", COLUMNS);
    if (columns.length < COLUMNS) {
      throw new IOException("the stored list has a line with too few columns");
    }
    return new ListedLine(
        Long.parseLong(columns[0]),
        Long.parseLong(columns[1]),
        Integer.parseInt(columns[2]),
        columns[4],
        columns[3].isEmpty() ? null : columns[3]);
  }
}
