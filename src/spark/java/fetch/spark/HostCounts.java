package fetch.spark;

import fetch.http.url.HostGroup;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * Hosts and how many entries each has, as far as they are known when memory is to be freed: a host
 * may come several times. Spark then sorts a pair for each host and not for each entry. For one
 * thread.
 */
final class HostCounts implements Iterator<Tuple2<String, Long>> {
  /** The most hosts in memory: some ten megabytes. */
  private static final int MOST_HOSTS = 100_000;

  private final Iterator<ListedLine> lines;
  private final EntryParsers parsers;
  private final HostGroup group;
  private Iterator<Map.Entry<String, Long>> ready = Collections.emptyIterator();

  HostCounts(Iterator<ListedLine> lines, EntryParsers parsers, HostGroup group) {
    this.lines = lines;
    this.parsers = parsers;
    this.group = group;
  }

  @Override
  public boolean hasNext() {
    if (!ready.hasNext() && lines.hasNext()) {
      ready = count().entrySet().iterator();
    }
    return ready.hasNext();
  }

  private Map<String, Long> count() {
    Map<String, Long> counts = new HashMap<>();
    while (lines.hasNext() && counts.size() < MOST_HOSTS) {
      String key = parsers.key(lines.next(), group);
      if (key != null) {
        counts.merge(key, 1L, Long::sum);
      }
    }
    return counts;
  }

  @Override
  public Tuple2<String, Long> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Map.Entry<String, Long> host = ready.next();
    return new Tuple2<>(host.getKey(), host.getValue());
  }
}
