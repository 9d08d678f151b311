package fetch.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first message of a TLS client (RFC 8446, section 4.1.2). */
record ClientHello(Map<Integer, ByteBuffer> extensions) {
  static final int SIGNATURE_ALGORITHMS = 13;
  static final int PRE_SHARED_KEY = 41;

  /** Reads the record that it is in. */
  static ClientHello read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(5);
    int length = (head[3] & 0xff) << 8 | (head[4] & 0xff);
    return of(ByteBuffer.wrap(in.readNBytes(length)).position(4 + 2 + 32));
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
