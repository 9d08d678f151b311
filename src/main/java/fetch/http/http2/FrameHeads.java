package fetch.http.http2;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frame headers (RFC 9113, section 4.1) in one direction of a connection. For one thread
 * at a time.
 */
final class FrameHeads {
  static final int BYTES = 9;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  /** In DATA and HEADERS. */
  static final int END_STREAM = 1;

  /** In SETTINGS and PING. */
  static final int ACK = 1;

  /** In HEADERS, PUSH_PROMISE and CONTINUATION. */
  static final int END_HEADERS = 4;

  /** In DATA, HEADERS and PUSH_PROMISE. */
  static final int PADDED = 8;

  /** In HEADERS. */
  static final int PRIORITIZED = 32;

  /** The length of the payload, in the frame header at this position (RFC 9113, section 4.1). */
  static int length(byte[] data, int at) {
    return (data[at] & 0xff) << 16 | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff);
  }

  /** The type in the frame header at this position. */
  static int type(byte[] data, int at) {
    return data[at + 3] & 0xff;
  }

  /** The flags in the frame header at this position. */
  static int flags(byte[] data, int at) {
    return data[at + FLAGS] & 0xff;
  }

  /** The stream in the frame header at this position, without the reserved bit. */
  static int stream(byte[] data, int at) {
    return (data[at + 5] & 0x7f) << 24
        | (data[at + 6] & 0xff) << 16
        | (data[at + 7] & 0xff) << 8
        | (data[at + 8] & 0xff);
  }

  /** Receives each frame header. */
  interface Visitor {
    void visit(int type, int flags, int stream, int length) throws IOException;
  }

  /** Receives the payloads of frames, and may change them. */
  interface Payload {
    /**
     * Receives a part of a payload, and may change it in place.
     *
     * @param before how much of the payload has passed already
     */
    void pass(int type, int before, byte[] bytes, int offset, int length) throws IOException;

    /** The flags to set in a frame header. */
    default byte flags(int type, byte flags) {
      return flags;
    }
  }

  /** Leaves payloads unchanged. */
  static final Payload AS_IT_IS = (type, before, bytes, offset, length) -> {};

  private static final int FLAGS = 4;

  private static final int PREFACE = -1;

  private final Visitor visitor;
  private final Payload payload;
  private final byte[] head = new byte[BYTES];
  private int headRead;
  private int type = PREFACE;
  private int skipped;
  private int skipping;
  private @Nullable IOException failure;

  /**
   * @param preface the number of bytes before the first frame
   */
  FrameHeads(int preface, Visitor visitor, Payload payload) {
    this.skipping = preface;
    this.visitor = visitor;
    this.payload = payload;
  }

  /**
   * Passes bytes.
   *
   * @return how many of them are valid: those before a frame that fails, if any
   */
  int pass(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    int frame = offset;
    try {
      while (at < end) {
        if (skipping > 0) {
          at += skip(bytes, at, end - at);
        } else {
          frame = headRead == 0 ? at : frame;
          at += read(bytes, at, end - at);
        }
      }
      return length;
    } catch (IOException e) {
      failure = e;
      return frame - offset;
    }
  }

  /** Whether the last byte was the end of a frame. */
  boolean isBetweenFrames() {
    return skipping == 0 && headRead == 0;
  }

  /** The number of bytes before the next frame; -1 within a frame header. */
  int bytesToNext() {
    return headRead == 0 ? skipping : -1;
  }

  /** The failure of a frame; null if none has failed. */
  @Nullable IOException failure() {
    return failure;
  }

  private int skip(byte[] bytes, int at, int available) throws IOException {
    int n = Math.min(skipping, available);
    payload.pass(type, skipped, bytes, at, n);
    skipped += n;
    skipping -= n;
    return n;
  }

  private int read(byte[] bytes, int at, int available) throws IOException {
    int n = Math.min(BYTES - headRead, available);
    System.arraycopy(bytes, at, head, headRead, n);
    if (headRead <= FLAGS && headRead + n > FLAGS) {
      bytes[at + FLAGS - headRead] = payload.flags(type(head, 0), head[FLAGS]);
    }
    headRead += n;
    if (headRead == BYTES) {
      headRead = 0;
      skipped = 0;
      skipping = length(head, 0);
      type = type(head, 0);
      visitor.visit(type, flags(head, 0), stream(head, 0), skipping);
    }
    return n;
  }
}
