package fetch.http.dns;

import java.io.IOException;
import java.util.List;

/** Sends DNS queries to servers. Safe for many threads; blocks for a few seconds at most. */
interface DnsTransport {
  /**
   * Sends queries at once.
   *
   * @return the usable responses that came in time, at least one
   * @throws IOException if there is none; its message gives the reason, to follow the name
   */
  List<DnsMessage> query(List<DnsQuery> queries) throws IOException;

  /** Closes connections kept between queries. */
  default void close() {}
}
