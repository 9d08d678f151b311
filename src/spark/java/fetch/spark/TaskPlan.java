package fetch.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all tasks of a round.
 *
 * @param output the directory of the job
 * @param round from 1
 * @param list how the list is divided
 * @param sources the lists of the job
 * @param query appended to the query of each URL, null for none
 * @param size of chunks
 * @param time after which a task starts no more requests
 */
record TaskPlan(
    String output,
    int round,
    DividedList list,
    List<ListSource> sources,
    @Nullable String query,
    ChunkWriter.Size size,
    Duration time)
    implements Serializable {

  /** The file with a part of the list. */
  static String listFile(int round, int part) {
    return String.format(java.util.Locale.ROOT, "%s/part-%05d", roundDirectory(round), part);
  }

  /** The directory of the parts of the list. */
  static String roundDirectory(int round) {
    return String.format(java.util.Locale.ROOT, "_list/round-%03d", round);
  }

  /** Omits the query, which may have a secret. */
  @Override
  public String toString() {
    return "TaskPlan[" + output + ", round " + round + "]";
  }
}
