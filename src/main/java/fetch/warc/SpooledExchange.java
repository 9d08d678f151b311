package fetch.warc;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An exchange in a spool.
 *
 * @param number unique in the spool
 * @param start of its records in the file, in bytes
 * @param line the line of the index, without the location
 */
record SpooledExchange(
    SpoolFile file,
    long number,
    long start,
    long requestLength,
    long responseLength,
    IndexLine line) {
  long length() {
    return requestLength + responseLength;
  }

  void copyTo(OutputStream out) throws IOException {
    file.copy(start, length(), out);
  }
}
