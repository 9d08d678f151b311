package fetch.http.dns;

import fetch.Quantity;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A DNS message, as far as look-ups of addresses need it (RFC 1035, section 4.1).
 *
 * @param flags the 16 bits after the ID
 * @param answers the records of known types in the answer section
 */
record DnsMessage(int id, int flags, Question question, List<DnsRecord> answers) {
  static final int NO_ERROR = 0;
  static final int NO_SUCH_NAME = 3;

  private static final List<String> RCODES =
      List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");
  private static final int RESPONSE = 0x8000;
  private static final int TRUNCATED = 0x0200;
  private static final int RCODE = 0x000f;
  private static final int POINTER = 0xc0;
  private static final int MOST_LABELS = 128;
  private static final int CLASS_IN = 1;
  private static final int MOST_PRINTED = '~';

  /** A question: a name in lower case, and the number of a type. */
  record Question(String name, int type) {}

  /**
   * A record.
   *
   * @param owner in lower case, without a trailing dot
   * @param seconds the time to live
   * @param address null for a CNAME
   * @param target of a CNAME, else empty
   */
  record DnsRecord(String owner, long seconds, @Nullable InetAddress address, String target) {}

  DnsMessage {
    answers = List.copyOf(answers);
  }

  boolean isResponse() {
    return (flags & RESPONSE) != 0;
  }

  boolean isTruncated() {
    return (flags & TRUNCATED) != 0;
  }

  int rcode() {
    return flags & RCODE;
  }

  /** The registered name of the status, such as SERVFAIL. */
  String status() {
    return rcode() < RCODES.size() ? RCODES.get(rcode()) : "RCODE " + rcode();
  }

  /** Whether the response is conclusive, which includes that the name does not exist. */
  boolean isUsable() {
    return rcode() == NO_ERROR || rcode() == NO_SUCH_NAME;
  }

  /**
   * Reads a message.
   *
   * @throws ProtocolException when it is damaged
   */
  static DnsMessage read(byte[] bytes, int length) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    try {
      int id = Short.toUnsignedInt(in.getShort());
      int flags = Short.toUnsignedInt(in.getShort());
      int questions = Short.toUnsignedInt(in.getShort());
      int answers = Short.toUnsignedInt(in.getShort());
      in.getInt(); // the other sections are not read
      if (questions != 1) {
        throw new ProtocolException("not one question");
      }
      Question question = new Question(name(in), Short.toUnsignedInt(in.getShort()));
      in.getShort();
      return new DnsMessage(id, flags, question, records(in, answers, (flags & TRUNCATED) != 0));
    } catch (BufferUnderflowException | IllegalArgumentException | UnknownHostException e) {
      throw new ProtocolException("the message is damaged");
    }
  }

  /** Reads the records; none of a truncated response, which is requested again by TCP. */
  private static List<DnsRecord> records(ByteBuffer in, int count, boolean truncated)
      throws ProtocolException, UnknownHostException {
    List<DnsRecord> records = new ArrayList<>();
    for (int i = 0; i < count && !truncated; i++) {
      DnsRecord read = record(in);
      if (read != null) {
        records.add(read);
      }
    }
    return records;
  }

  private static @Nullable DnsRecord record(ByteBuffer in)
      throws ProtocolException, UnknownHostException {
    String owner = name(in);
    RecordType type = RecordType.of(Short.toUnsignedInt(in.getShort()));
    boolean internet = Short.toUnsignedInt(in.getShort()) == CLASS_IN;
    long seconds = Math.max(0, in.getInt()); // RFC 2181, section 8
    int length = Short.toUnsignedInt(in.getShort());
    int end = in.position() + length;
    DnsRecord read = null;
    if (type != null && internet) {
      read =
          switch (type) {
            case A -> new DnsRecord(owner, seconds, address(in, length, 4), "");
            case AAAA -> new DnsRecord(owner, seconds, address(in, length, 16), "");
            case CNAME -> new DnsRecord(owner, seconds, null, name(in));
          };
    }
    in.position(end);
    return read;
  }

  private static InetAddress address(ByteBuffer in, int length, int wanted)
      throws ProtocolException, UnknownHostException {
    if (length != wanted) {
      throw new ProtocolException("an address of " + Quantity.of(length, "byte"));
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return InetAddress.getByAddress(bytes);
  }

  /** Reads a name, whose end may be a pointer to earlier bytes (RFC 1035, section 4.1.4). */
  private static String name(ByteBuffer in) throws ProtocolException {
    StringBuilder name = new StringBuilder();
    ByteBuffer from = in;
    int least = in.position();
    for (int labels = 0; labels < MOST_LABELS; labels++) {
      int length = Byte.toUnsignedInt(from.get());
      if (length == 0) {
        return name.toString();
      }
      if ((length & POINTER) == POINTER) {
        int target = (length & ~POINTER) << 8 | Byte.toUnsignedInt(from.get());
        if (target >= least) {
          throw new ProtocolException("a name that refers to itself");
        }
        least = target;
        from = in.duplicate().position(target);
      } else {
        append(from, length, name);
      }
    }
    throw new ProtocolException("a name that is too long");
  }

  private static void append(ByteBuffer from, int length, StringBuilder name)
      throws ProtocolException {
    if ((length & POINTER) != 0) {
      throw new ProtocolException("a label of an unknown kind");
    }
    if (!name.isEmpty()) {
      name.append('.');
    }
    for (int i = 0; i < length; i++) {
      int b = Byte.toUnsignedInt(from.get());
      boolean plain = b > ' ' && b <= MOST_PRINTED && b != '.' && b != '\\';
      name.append(
          plain
              ? Character.toString(b).toLowerCase(Locale.ROOT)
              : String.format(Locale.ROOT, "\\%03d", b));
    }
  }
}
