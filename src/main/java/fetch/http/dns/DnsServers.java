package fetch.http.dns;

import fetch.http.url.Addresses;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Queries DNS servers by UDP, and by TCP if a response does not fit (RFC 7766). Each look-up uses
 * its own socket with a random port, which accepts responses of its server only. If a server fails
 * or does not respond, the next one is tried; after the last one, all are tried once more.
 */
final class DnsServers implements DnsTransport {
  private static final int ROUNDS = 2;
  private static final int MOST_UDP_BYTES = 4096;

  private final List<InetSocketAddress> servers;
  private final Duration patience;

  /**
   * @param patience how long to wait for a server
   */
  DnsServers(List<InetSocketAddress> servers, Duration patience) {
    this.servers = servers;
    this.patience = patience;
  }

  @Override
  public List<DnsMessage> query(List<DnsQuery> queries) throws IOException {
    IOException failure = new IOException("no DNS server");
    for (int round = 0; round < ROUNDS; round++) {
      for (InetSocketAddress server : servers) {
        try {
          return query(server, queries);
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    throw failure;
  }

  private List<DnsMessage> query(InetSocketAddress server, List<DnsQuery> queries)
      throws IOException {
    List<DnsMessage> responses = new ArrayList<>();
    DnsMessage bad = null;
    for (DnsMessage response : queryByUdp(server, queries)) {
      DnsMessage whole =
          response.isTruncated() ? queryByTcp(server, queryOf(response, queries)) : response;
      if (whole.isUsable()) {
        responses.add(whole);
      } else {
        bad = whole;
      }
    }
    if (responses.isEmpty() && bad != null) {
      throw new IOException(
          "the DNS server " + Addresses.text(server) + " failed (" + bad.status() + ")");
    }
    if (responses.isEmpty()) {
      throw new IOException(
          "no response from the DNS server "
              + Addresses.text(server)
              + " within "
              + patience.toMillis()
              + "ms");
    }
    return responses;
  }

  private static DnsQuery queryOf(DnsMessage response, List<DnsQuery> queries) {
    return queries.stream().filter(q -> q.isAnsweredBy(response)).findFirst().orElseThrow();
  }

  /**
   * The responses that arrive in time. Messages that do not match a query are ignored, as they may
   * be forged.
   */
  private List<DnsMessage> queryByUdp(InetSocketAddress server, List<DnsQuery> queries)
      throws IOException {
    List<DnsQuery> open = new ArrayList<>(queries);
    List<DnsMessage> responses = new ArrayList<>();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      for (DnsQuery query : queries) {
        byte[] wire = query.toBytes();
        socket.send(new DatagramPacket(wire, wire.length));
      }
      long deadline = System.nanoTime() + patience.toNanos();
      while (!open.isEmpty()) {
        DnsMessage response = receive(socket, deadline);
        if (response == null) {
          return responses;
        }
        if (open.removeIf(query -> query.isAnsweredBy(response))) {
          responses.add(response);
        }
      }
      return responses;
    } catch (PortUnreachableException e) {
      throw new IOException("no DNS server at " + Addresses.text(server), e);
    }
  }

  /** Receives a message; null if none arrived in time. Skips invalid messages. */
  private static @Nullable DnsMessage receive(DatagramSocket socket, long deadline)
      throws IOException {
    byte[] bytes = new byte[MOST_UDP_BYTES];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return null;
      }
      socket.setSoTimeout((int) left);
      try {
        packet.setLength(bytes.length);
        socket.receive(packet);
        return DnsMessage.read(bytes, packet.getLength());
      } catch (SocketTimeoutException e) {
        return null;
      } catch (ProtocolException e) {
        // Not DNS, or damaged: a valid response may follow.
      }
    }
  }

  private DnsMessage queryByTcp(InetSocketAddress server, DnsQuery query) throws IOException {
    int millis = (int) patience.toMillis();
    try (Socket socket = new Socket()) {
      socket.connect(server, millis);
      socket.setSoTimeout(millis);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] wire = query.toBytes();
      byte[] message = new byte[2 + wire.length];
      message[0] = (byte) (wire.length >> 8);
      message[1] = (byte) wire.length;
      System.arraycopy(wire, 0, message, 2, wire.length);
      out.write(message);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] response = new byte[in.readUnsignedShort()];
      in.readFully(response);
      DnsMessage read = DnsMessage.read(response, response.length);
      if (!query.isAnsweredBy(read)) {
        throw new IOException(
            "the DNS server " + Addresses.text(server) + " sent a response to another query");
      }
      return read;
    } catch (EOFException e) {
      throw new IOException(
          "the DNS server " + Addresses.text(server) + " closed the connection", e);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "no response from the DNS server " + Addresses.text(server) + " by TCP", e);
    }
  }
}
