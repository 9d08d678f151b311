package fetch.http.dns;

import java.io.IOException;
import java.util.List;

/** Sends DNS queries to servers. Safe for many threads; blocks for a few seconds at most. */
interface DnsTransport {
  /**
   * Sends queries at once.
   *
   * @return the usable responses that came in time, at least one
   * @throws IOException when there is none; its message says why, to follow the name
   */
  List<DnsMessage> ask(List<DnsQuery> queries) throws IOException;

  /** Closes what it keeps open between queries. */
  default void close() {}
}
