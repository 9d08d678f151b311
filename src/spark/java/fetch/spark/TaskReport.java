package fetch.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What a task has come to.
 *
 * @param part of the list
 * @param chunks all that the part has, those of earlier attempts included
 */
record TaskReport(int part, List<Chunk> chunks) implements Serializable {
  long records() {
    return chunks.stream().mapToLong(Chunk::records).sum();
  }
}
