package fetch.output;

import fetch.Percentiles;
import java.util.List;

/**
 * Totals for the hosts with the most requests.
 *
 * @param top the one with the most entries first
 * @param worst the hosts with failures, the one with the most first
 * @param others how many hosts there were besides; nothing sure when that is not exact
 * @param exact whether no host was lost count of
 */
public record HostTallies(List<HostTally> top, List<HostTally> worst, long others, boolean exact) {
  HostTallies(List<HostTally> top, long others, boolean exact) {
    this(top, List.of(), others, exact);
  }

  /**
   * What a run has come to at one host.
   *
   * @param urls how many entries were counted
   * @param missed how many more there may have been before
   * @param retries how many attempts were further ones
   * @param bytes body bytes after decompression
   * @param times of the attempts, to a sixteenth
   */
  public record HostTally(
      String host, long urls, long missed, long ok, long retries, long bytes, Percentiles times) {

    public long failed() {
      return urls - ok;
    }
  }
}
