package fetch.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Frames of HTTP/2 as a server may send them, byte by byte (RFC 9113, section 4; RFC 7541). */
public final class Http2Frames {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  /** The field ":status: 200" by its index. */
  public static byte[] status200() {
    return new byte[] {(byte) 0x88};
  }

  public static final byte[] NOTHING = {};

  public static final int NO_ERROR = 0;
  public static final int INTERNAL_ERROR = 2;
  public static final int REFUSED_STREAM = 7;

  /** What a server does when a request has come. */
  public interface Reply {
    void to(int stream, RawServer.Connection connection) throws Exception;
  }

  /**
   * A frame as it came.
   *
   * @param payload each byte as one character
   */
  public record Frame(int type, int flags, int stream, String payload) {}

  private static final int HEAD_BYTES = 9;

  private Http2Frames() {}

  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
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
  public static byte[] field(String name, String value) {
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

  public static byte[] reset(int stream, int code) {
    return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
  }

  /**
   * A GOAWAY frame.
   *
   * @param last the last stream that the server may have acted on
   */
  public static byte[] goAway(int last, int code) {
    return frame(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).putInt(code).array());
  }

  /** A response of a header section alone, which ends the stream. */
  public static byte[] headersOnly(int stream, byte[] fields) {
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, fields);
  }

  /** A response with a body. */
  public static byte[] response(int stream, byte[] fields, String body) {
    return join(
        frame(HEADERS, END_HEADERS, stream, fields),
        frame(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.ISO_8859_1)));
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] repeat(byte[] part, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Takes the client's preface, says hello, and reads up to the first request's header section. */
  public static void greet(RawServer.Connection connection) throws IOException {
    hello(connection);
    await(HEADERS, 1, connection);
  }

  private static void hello(RawServer.Connection connection) throws IOException {
    connection.readRequest();
    connection.send(frame(SETTINGS, 0, 0, NOTHING));
    connection.socket().getInputStream().readNBytes("SM\r\n\r\n".length());
  }

  /** Replies to each request on a connection, until the client closes it or the reply throws. */
  public static void serve(RawServer.Connection connection, Reply reply) throws Exception {
    serve(connection, reply, frame -> {});
  }

  /**
   * Replies to each request on a connection.
   *
   * @param seen takes each frame of the client's
   */
  public static void serve(RawServer.Connection connection, Reply reply, Consumer<Frame> seen)
      throws Exception {
    hello(connection);
    while (true) {
      Frame frame = readFrame(connection.socket().getInputStream());
      seen.accept(frame);
      if (frame.type() == HEADERS) {
        reply.to(frame.stream(), connection);
      }
    }
  }

  /** Reads up to a frame of this type, or the last of several. */
  public static void await(int type, int times, RawServer.Connection connection)
      throws IOException {
    InputStream in = connection.socket().getInputStream();
    for (int left = times; left > 0; ) {
      left -= readFrame(in).type() == type ? 1 : 0;
    }
  }

  private static Frame readFrame(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(HEAD_BYTES);
    if (bytes.length < HEAD_BYTES) {
      throw new IOException("no more frames");
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    byte[] payload = in.readNBytes(head.getInt() >>> 8);
    String text = new String(payload, StandardCharsets.ISO_8859_1);
    return new Frame(bytes[3], bytes[4], head.getInt(5) & Integer.MAX_VALUE, text);
  }
}
