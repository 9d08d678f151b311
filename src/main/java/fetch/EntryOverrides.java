package fetch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an entry that override those of the run.
 *
 * @param method null for that of the run
 * @param headers in order; they replace those of the run under the same names
 * @param timeout limit of one attempt, from its start to the last byte; null for the run's limit
 * @param content null for that of the run
 */
public record EntryOverrides(
    @Nullable String method,
    List<HeaderLine> headers,
    @Nullable Duration timeout,
    @Nullable Content content) {
  public EntryOverrides(
      @Nullable String method, List<HeaderLine> headers, @Nullable Duration timeout) {
    this(method, headers, timeout, null);
  }
}
