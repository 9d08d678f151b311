package fetch.spark;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A committed file of records.
 *
 * @param name below the output directory
 * @param records the number of its records
 * @param archive below the output directory, with the exchanges of its entries; null for none
 */
record Chunk(String name, long records, @Nullable String archive) implements Serializable {
  /** The name of a chunk without extension, which depends only on the data. */
  static String stem(int round, int part, int number) {
    return String.format(Locale.ROOT, "round-%03d-part-%05d-chunk-%06d", round, part, number);
  }
}
