package fetch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the list has changed since an earlier run.
 *
 * @param counts the number of entries by kind of change
 * @param vanished the entries that the list no longer has; null if the list was not read completely
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
