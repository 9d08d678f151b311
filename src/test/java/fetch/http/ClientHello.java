package fetch.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first message of a TLS client (RFC 8446, section 4.1.2). */
record ClientHello(Map<Integer, ByteBuffer> extensions) {
  private static final int HEAD_BYTES = 5;

  static final int SIGNATURE_ALGORITHMS = 13;
  static final int PROTOCOLS = 16;
  static final int PRE_SHARED_KEY = 41;

  /** Reads the record that it is in. */
  static ClientHello read(InputStream in) throws IOException {
    return of(record(in));
  }

  /** The bytes of a record. */
  static byte[] record(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    int length = (head[3] & 0xff) << 8 | (head[4] & 0xff);
    return ByteBuffer.allocate(HEAD_BYTES + length).put(head).put(in.readNBytes(length)).array();
  }

  /** The message in a record. */
  static ClientHello of(byte[] record) {
    return of(ByteBuffer.wrap(record).position(HEAD_BYTES + 4 + 2 + 32));
  }

  /** Whether it offers HTTP/2 (RFC 7301, section 3.1). */
  boolean offersHttp2() {
    ByteBuffer protocols = extensions.get(PROTOCOLS);
    return protocols != null
        && StandardCharsets.ISO_8859_1.decode(protocols.duplicate()).toString().contains("\2h2");
  }

  private static ClientHello of(ByteBuffer in) {
    skip(in, in.get() & 0xff);
    skip(in, in.getShort());
    skip(in, in.get() & 0xff);
    in.getShort();
    Map<Integer, ByteBuffer> extensions = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      int type = Short.toUnsignedInt(in.getShort());
      int length = in.getShort();
      extensions.put(type, in.slice(in.position(), length));
      skip(in, length);
    }
    return new ClientHello(extensions);
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }
}
