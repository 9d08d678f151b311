package fetch;

import java.util.Map;

/**
 * What a run has come to.
 *
 * @param failures how many entries failed, by error label, most frequent first
 * @param retries how many attempts were further ones
 * @param bytes body bytes after decompression
 * @param elapsedNanos since the start of the run
 * @param p50Nanos the median of the attempts' total times; the other two likewise
 */
public record Tally(
    long urls,
    long ok,
    Map<String, Long> failures,
    long retries,
    long bytes,
    long elapsedNanos,
    long p50Nanos,
    long p95Nanos,
    long p99Nanos) {

  public long failed() {
    return urls - ok;
  }
}
