package fetch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the list has changed since an earlier run.
 *
 * @param counts how many entries there are of each sort
 * @param vanished the entries that the list no longer has; null when the list was not read whole
 */
public record Changes(Map<Change, Long> counts, @Nullable Vanished vanished) {
  /**
   * Entries that the list no longer has.
   *
   * @param some the first of them
   */
  public record Vanished(long count, List<String> some) {}

  public long count(Change change) {
    return counts.getOrDefault(change, 0L);
  }
}
