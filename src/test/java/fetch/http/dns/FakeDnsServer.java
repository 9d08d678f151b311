package fetch.http.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DNS server on loopback, by UDP and TCP, that says what a test has it say. */
public final class FakeDnsServer implements AutoCloseable {
  public static final int A = 1;
  public static final int CNAME = 5;
  public static final int AAAA = 28;

  /** A query as it came. */
  public record Asked(String name, int type, boolean tcp) {}

  /** A record: {@code value} is an address or a name. */
  public record Resource(String owner, int type, int seconds, String value) {}

  /** A response. */
  public record Reply(int rcode, boolean truncated, List<Resource> entries) {
    public static Reply of(Resource... entries) {
      return new Reply(0, false, List.of(entries));
    }

    public static Reply failing(int rcode) {
      return new Reply(rcode, false, List.of());
    }
  }

  /** Says what to respond, null for nothing. */
  public interface Script {
    Reply reply(Asked asked);
  }

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Script script;
  private final List<Asked> queries = new CopyOnWriteArrayList<>();

  public FakeDnsServer(Script script) throws IOException {
    this.script = script;
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    this.tcp = new ServerSocket(0, 50, loopback);
    this.udp = new DatagramSocket(tcp.getLocalPort(), loopback);
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
  }

  /** All queries so far. */
  public List<Asked> queries() {
    return queries;
  }

  private void serveUdp() {
    byte[] bytes = new byte[512];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    try {
      while (true) {
        packet.setLength(bytes.length);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(bytes, packet.getLength());
        byte[] reply = answer(query, false);
        if (reply.length > 0) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serveTcp() {
    try {
      while (true) {
        try (Socket client = tcp.accept()) {
          DataInputStream in = new DataInputStream(client.getInputStream());
          byte[] reply = answer(in.readNBytes(in.readUnsignedShort()), true);
          DataOutputStream out = new DataOutputStream(client.getOutputStream());
          out.writeShort(reply.length);
          out.write(reply);
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private byte[] answer(byte[] query, boolean overTcp) {
    Asked asked = asked(query, overTcp);
    queries.add(asked);
    Reply reply = script.reply(asked);
    return reply == null ? new byte[0] : toBytes(query, reply);
  }

  private static Asked asked(byte[] query, boolean overTcp) {
    ByteBuffer in = ByteBuffer.wrap(query, 12, query.length - 12);
    StringBuilder name = new StringBuilder();
    for (int length = in.get(); length > 0; length = in.get()) {
      byte[] label = new byte[length];
      in.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return new Asked(name.toString(), in.getShort(), overTcp);
  }

  /** The response to a query, as bytes. */
  public static byte[] toBytes(byte[] query, Reply reply) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(query, 0, 2);
      out.writeShort(0x8180 | reply.rcode() | (reply.truncated() ? 0x0200 : 0));
      out.writeShort(1);
      out.writeShort(reply.entries().size());
      out.writeInt(0);
      out.write(query, 12, query.length - 12);
      for (Resource entry : reply.entries()) {
        writeName(entry.owner(), asked(query, false).name(), out);
        out.writeShort(entry.type());
        out.writeShort(1);
        out.writeInt(entry.seconds());
        byte[] data = data(entry);
        out.writeShort(data.length);
        out.write(data);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] data(Resource entry) throws IOException {
    if (entry.type() != CNAME) {
      return InetAddress.ofLiteral(entry.value()).getAddress();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writeName(entry.value(), "", new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** Refers to the question where it is the same name (RFC 1035, section 4.1.4). */
  private static void writeName(String name, String question, DataOutputStream out)
      throws IOException {
    if (Objects.equals(name, question)) {
      out.writeShort(0xc00c);
      return;
    }
    for (String label : name.split("\\.", -1)) {
      out.writeByte(label.length());
      out.write(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeByte(0);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
