package fetch.spark;

import java.io.Serializable;
import java.util.Locale;

/**
 * A committed file of records.
 *
 * @param name below the output directory
 * @param records the number of its records
 */
record Chunk(String name, long records) implements Serializable {
  /** The name of a chunk, which depends only on the data. */
  static String name(int round, int part, int number, ChunkFormat format) {
    return String.format(
        Locale.ROOT, "round-%03d-part-%05d-chunk-%06d.%s", round, part, number, format);
  }
}
