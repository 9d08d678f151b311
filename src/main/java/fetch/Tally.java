package fetch;

import java.util.Map;

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

  public long failed() {
    return urls - ok;
  }
}
