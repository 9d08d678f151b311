package fetch.http.http2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes frames of HTTP/2 (RFC 9113, section 6) and fields without compression (RFC 7541). */
final class Frames {
  private static final int MOST_IN_FRAME = 16_384;
  private static final int PROTOCOL_ERROR = 1;

  /** A literal without indexing, with a literal name (RFC 7541, section 6.2.2). */
  private static final int LITERAL = 0;

  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;

  private Frames() {}

  /** RST_STREAM with a protocol error. */
  static byte[] reset(int stream) {
    byte[] code = ByteBuffer.allocate(Integer.BYTES).putInt(PROTOCOL_ERROR).array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(FrameHeads.RST_STREAM, 0, stream, code, 0, code.length, out);
    return out.toByteArray();
  }

  /**
   * A section in one frame, or in several if it is long.
   *
   * @param flags of the first frame, without END_HEADERS
   * @param payload of all the frames together
   */
  static byte[] section(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    do {
      int length = Math.min(MOST_IN_FRAME, payload.length - at);
      boolean last = at + length == payload.length;
      write(
          at == 0 ? type : FrameHeads.CONTINUATION,
          (at == 0 ? flags : 0) | (last ? FrameHeads.END_HEADERS : 0),
          stream,
          payload,
          at,
          length,
          out);
      at += length;
    } while (at < payload.length);
    return out.toByteArray();
  }

  private static void write(
      int type,
      int flags,
      int stream,
      byte[] payload,
      int offset,
      int length,
      ByteArrayOutputStream out) {
    ByteBuffer head = ByteBuffer.allocate(FrameHeads.BYTES);
    head.put((byte) (length >> 16)).putShort((short) length);
    head.put((byte) type).put((byte) flags).putInt(stream);
    out.writeBytes(head.array());
    out.write(payload, offset, length);
  }

  /** A field of a section. */
  static void writeField(byte[] name, byte[] value, ByteArrayOutputStream out) {
    out.write(LITERAL);
    writeString(name, out);
    writeString(value, out);
  }

  /** Writes a string, without Huffman code. */
  static void writeString(byte[] bytes, ByteArrayOutputStream out) {
    if (bytes.length < SEVEN_BITS) {
      out.write(bytes.length);
    } else {
      out.write(SEVEN_BITS);
      int rest = bytes.length - SEVEN_BITS;
      for (; rest >= MORE; rest >>= 7) {
        out.write((rest & SEVEN_BITS) | MORE);
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }
}
