package fetch.http.okhttp;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import okhttp3.Connection;
import okhttp3.internal.connection.ConnectionListener;
import okhttp3.internal.connection.RealConnection;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many idle connections stay open, over all connection pools of a kind. The limit
 * follows the list:
 *
 * <ul>
 *   <li>It starts at the minimum, which suits hosts whose URLs follow one another.
 *   <li>A new connection to a server whose connection was recently closed for the limit raises it.
 *   <li>Each connection that is closed for the limit lowers it by one.
 *   <li>The least recently used connection, by the clock algorithm, is closed first.
 * </ul>
 *
 * <p>An idle connection with TLS takes 60 KB, and a handshake 1 ms of processor time: 100,000 https
 * hosts, each requested once, kept 4,200 connections and took 1,640 MB. With a small fixed limit
 * instead, 10,000 URLs in random order on 2,000 hosts took 1.46 times as long.
 *
 * <p>Opening and closing connections costs some time here; reusing them costs none. Safe for many
 * threads.
 */
public final class IdleConnections extends ConnectionListener {
  /** Pays off if one connection in sixteen would be reused. */
  private static final int RAISE = 16;

  private static final long IN_USE = Long.MAX_VALUE;

  private final int busy;
  private final int least;
  private final int most;
  private int limit;

  /**
   * The open connections, in the order in which to check them, and since when each was idle at its
   * last check.
   */
  private final SequencedMap<Connection, Long> open = new LinkedHashMap<>();

  /** The servers whose connections were closed for the limit, the most recent last. */
  private final SequencedSet<String> closedLately = new LinkedHashSet<>();

  /**
   * @param busy how many connections may be in use at once
   * @param least how many idle ones may always stay open
   * @param most how many may stay open if their servers are visited again
   */
  public IdleConnections(int busy, int least, int most) {
    this.busy = busy;
    this.least = least;
    this.most = Math.max(least, most);
    this.limit = least;
  }

  /** Adds a new connection that is in use, and closes idle ones beyond the limit. */
  public void add(Connection connection) {
    for (Socket socket : admit(connection)) {
      try {
        socket.close();
      } catch (IOException e) {
        // The server closed it first.
      }
    }
  }

  private synchronized List<Socket> admit(Connection connection) {
    if (open.putIfAbsent(connection, IN_USE) != null) {
      return List.of(); // another call had opened it
    }
    if (closedLately.remove(server(connection))) {
      limit = Math.min(most, limit + RAISE);
    }
    List<Socket> surplus = new ArrayList<>(2);
    while (open.size() > limit + busy) {
      Socket closed = closeOne();
      if (closed == null) {
        break; // all are in use
      }
      surplus.add(closed);
    }
    return surplus;
  }

  /**
   * Closes the first connection that was not used since its last check, or else the longest idle
   * one.
   */
  private @Nullable Socket closeOne() {
    RealConnection longest = null;
    long since = IN_USE;
    for (int looks = open.size(); looks > 0; looks--) {
      Map.Entry<Connection, Long> next = open.pollFirstEntry();
      RealConnection connection = (RealConnection) next.getKey();
      Socket closed = closeUnlessUsed(connection, next.getValue());
      if (closed != null) {
        return closed;
      }
      long idleSince = open.getOrDefault(connection, IN_USE);
      if (idleSince < since) {
        longest = connection;
        since = idleSince;
      }
    }
    return longest == null ? null : closeUnlessUsed(longest, since);
  }

  /** Removes a connection from its pool, or moves it to the end if it was used since that time. */
  private @Nullable Socket closeUnlessUsed(RealConnection connection, long idleSince) {
    synchronized (connection) { // the lock that OkHttp uses for these fields
      boolean idle = connection.getCalls().isEmpty();
      if (!idle || connection.getIdleAtNs() != idleSince) {
        open.put(connection, idle ? connection.getIdleAtNs() : IN_USE);
        return null;
      }
      connection.setNoNewExchanges(true);
      connection.getConnectionPool().connectionBecameIdle(connection);
    }
    open.remove(connection);
    closedLately.add(server(connection));
    if (closedLately.size() > most) {
      closedLately.removeFirst();
    }
    limit = Math.max(least, limit - 1);
    return connection.socket();
  }

  private static String server(Connection connection) {
    return connection.route().address().url().toString();
  }

  @Override
  public synchronized void connectionClosed(Connection connection) {
    open.remove(connection);
  }
}
