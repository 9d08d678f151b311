package fetch.output;

import fetch.Percentiles;
import java.util.List;

/**
 * Totals of the hosts with the most requests.
 *
 * @param top in descending order of entries
 * @param worst the hosts with failures, in descending order of these
 * @param others the number of other hosts; a lower bound if not exact
 * @param exact whether no host was dropped
 */
public record HostTallies(List<HostTally> top, List<HostTally> worst, long others, boolean exact) {
  HostTallies(List<HostTally> top, long others, boolean exact) {
    this(top, List.of(), others, exact);
  }

  /**
   * The totals of one host.
   *
   * @param urls how many entries were counted
   * @param missed how many more there may have been before
   * @param retries the number of retries
   * @param bytes body bytes after decompression
   * @param times of the attempts, within a sixteenth
   */
  public record HostTally(
      String host, long urls, long missed, long ok, long retries, long bytes, Percentiles times) {

    public long failed() {
      return urls - ok;
    }
  }
}
