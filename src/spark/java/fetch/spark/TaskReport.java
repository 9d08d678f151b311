package fetch.spark;

import java.io.Serializable;
import java.util.List;

/**
 * The outcome of a task.
 *
 * @param part of the list
 * @param chunks all chunks of the part, including those of earlier attempts
 */
record TaskReport(int part, List<Chunk> chunks) implements Serializable {
  long records() {
    return chunks.stream().mapToLong(Chunk::records).sum();
  }
}
