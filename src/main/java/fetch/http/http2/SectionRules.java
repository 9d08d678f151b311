package fetch.http.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds responses whose header sections are malformed (RFC 9113, sections 8.1.1, 8.2 and 8.3). The
 * characters of names and values are checked later. For one thread at a time.
 */
final class SectionRules {
  private static final byte[] STATUS = ascii(":status");
  private static final byte[] TE = ascii("te");
  private static final byte[][] OF_CONNECTIONS = {
    ascii("connection"),
    ascii("keep-alive"),
    ascii("proxy-connection"),
    ascii("transfer-encoding"),
    ascii("upgrade")
  };

  /** Streams with a final header section, and more to follow. */
  private final Set<Integer> inBody = new HashSet<>();

  /** Whether the next section on a stream is a trailer section. */
  boolean isTrailers(int stream) {
    return inBody.contains(stream);
  }

  /** Called when nothing more arrives on a stream. */
  void ended(int stream) {
    inBody.remove(stream);
  }

  /**
   * The fault of a header or trailer section, null for none.
   *
   * @param ends whether it ends the stream
   */
  @Nullable String objection(int stream, boolean ends, List<CodedField> fields) {
    boolean trailers = isTrailers(stream);
    String objection = trailers ? ofTrailers(ends, fields) : ofHead(fields);
    for (int i = 0; i < fields.size() && objection == null; i++) {
      objection = ofField(fields.get(i));
    }
    if (objection != null || ends) {
      inBody.remove(stream);
    } else if (!isInterim(fields.getFirst())) {
      inBody.add(stream);
    }
    return objection;
  }

  private static @Nullable String ofHead(List<CodedField> fields) {
    if (fields.isEmpty() || !isPseudo(fields.getFirst())) {
      boolean later = fields.stream().anyMatch(field -> isNamed(STATUS, field));
      return later ? "the :status follows a header field" : "the :status is missing";
    }
    for (int i = 0; i < fields.size(); i++) {
      CodedField field = fields.get(i);
      boolean status = isNamed(STATUS, field);
      if (status && i > 0) {
        return "there is more than one :status";
      }
      if (!status && isPseudo(field)) {
        return "a response has the pseudo-header field '" + text(field.name()) + "'";
      }
    }
    return null;
  }

  private static @Nullable String ofTrailers(boolean ends, List<CodedField> fields) {
    if (!ends) {
      return "a trailer section does not end the stream";
    }
    for (CodedField field : fields) {
      if (isPseudo(field)) {
        return "a trailer section has the pseudo-header field '" + text(field.name()) + "'";
      }
    }
    return null;
  }

  private static @Nullable String ofField(CodedField field) {
    for (byte b : field.name()) {
      if (b >= 'A' && b <= 'Z') {
        return "the header field name '" + text(field.name()) + "' has upper-case letters";
      }
    }
    for (byte[] name : OF_CONNECTIONS) {
      if (isNamed(name, field)) {
        return "the header field '" + text(name) + "' is of HTTP/1.1 only";
      }
    }
    boolean te = isNamed(TE, field) && !text(field.decodedValue()).equalsIgnoreCase("trailers");
    return te ? "the header field 'te' has another value than 'trailers'" : null;
  }

  /** Whether another header section follows that of a response with this status. */
  private static boolean isInterim(CodedField status) {
    byte[] value = status.decodedValue();
    return value.length > 0 && value[0] == '1';
  }

  private static boolean isPseudo(CodedField field) {
    return field.name().length > 0 && field.name()[0] == ':';
  }

  private static boolean isNamed(byte[] name, CodedField field) {
    return Arrays.equals(name, field.name());
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
