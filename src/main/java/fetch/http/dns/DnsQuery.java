package fetch.http.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A query for the addresses of a name (RFC 1035, section 4.1).
 *
 * @param id matches responses to queries
 * @param name in lower case, without a trailing dot
 */
record DnsQuery(int id, String name, RecordType type) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int IDS = 65_536;
  private static final int CLASS_IN = 1;
  private static final int RECURSION_DESIRED = 1;
  private static final int MOST_LABEL_BYTES = 63;
  private static final int MOST_NAME_BYTES = 253;

  /** A query with a random ID, which makes forging a response harder. */
  static DnsQuery random(String name, RecordType type) {
    return new DnsQuery(RANDOM.nextInt(IDS), name, type);
  }

  /** The same query with the ID 0, so that HTTP caches can serve it (RFC 8484, section 4.1). */
  DnsQuery cacheable() {
    return new DnsQuery(0, name, type);
  }

  /** Whether a name in ASCII is valid in the DNS. */
  static boolean isName(String name) {
    if (name.isEmpty() || name.length() > MOST_NAME_BYTES) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > MOST_LABEL_BYTES) {
        return false;
      }
    }
    return true;
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeShort(id, out);
    out.write(RECURSION_DESIRED);
    out.write(0);
    writeShort(1, out); // one question
    writeShort(0, out);
    writeShort(0, out);
    writeShort(0, out);
    for (String label : name.split("\\.", -1)) {
      byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
      out.write(bytes.length);
      out.writeBytes(bytes);
    }
    out.write(0);
    writeShort(type.number(), out);
    writeShort(CLASS_IN, out);
    return out.toByteArray();
  }

  private static void writeShort(int value, ByteArrayOutputStream out) {
    out.write(value >> 8);
    out.write(value);
  }

  /** Whether a message is a response to this query. */
  boolean isAnsweredBy(DnsMessage message) {
    return message.isResponse()
        && message.id() == id
        && message.question().equals(new DnsMessage.Question(name, type.number()));
  }
}
