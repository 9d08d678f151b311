package fetch.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 as a server may send them, byte by byte (RFC 9113, section 4; RFC 7541). */
final class Http2Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** The field ":status: 200" by its index. */
  static final byte[] STATUS_200 = {(byte) 0x88};

  static final byte[] NOTHING = {};

  private static final int HEAD_BYTES = 9;

  private Http2Frames() {}

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEAD_BYTES + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** A field that is not to be remembered, as it is. */
  static byte[] field(String name, String value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    writeString(name, out);
    writeString(value, out);
    return out.toByteArray();
  }

  private static void writeString(String text, ByteArrayOutputStream out) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      out.write(bytes.length);
    } else {
      out.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        out.write((rest & 127) | 128);
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] repeat(byte[] part, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Takes the client's preface, says hello, and reads up to the first request's header section. */
  static void greet(RawServer.Connection connection) throws IOException {
    connection.readRequest();
    connection.send(frame(SETTINGS, 0, 0, NOTHING));
    connection.socket().getInputStream().readNBytes("SM\r\n\r\n".length());
    await(HEADERS, 1, connection);
  }

  /** Reads up to a frame of this type, or the last of several. */
  static void await(int type, int times, RawServer.Connection connection) throws IOException {
    InputStream in = connection.socket().getInputStream();
    for (int left = times; left > 0; ) {
      left -= readFrame(in) == type ? 1 : 0;
    }
  }

  private static int readFrame(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    if (head.length < HEAD_BYTES) {
      throw new IOException("no more frames");
    }
    in.readNBytes(((head[0] & 255) << 16) | ((head[1] & 255) << 8) | (head[2] & 255));
    return head[3];
  }
}
