package fetch.http;

/**
 * Finds the heads of frames (RFC 9113, section 4.1) in what passes in one direction of a
 * connection. For one thread at a time.
 */
final class FrameHeads {
  static final int BYTES = 9;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  /** Of DATA and HEADERS. */
  static final int END_STREAM = 1;

  /** Of SETTINGS and PING. */
  static final int ACK = 1;

  /** Takes the head of a frame, as soon as it has passed. */
  interface Visitor {
    void visit(int type, int flags, int stream, int length) throws FailedTransfer;
  }

  /** Takes what follows the head of a frame, and may change it. */
  interface Payload {
    /**
     * Takes a part of it, in place.
     *
     * @param before how much of the payload has passed already
     */
    void pass(int type, int before, byte[] bytes, int offset, int length);
  }

  /** Leaves payloads as they are. */
  static final Payload AS_IT_IS = (type, before, bytes, offset, length) -> {};

  private static final int PREFACE = -1;

  private final Visitor visitor;
  private final Payload payload;
  private final byte[] head = new byte[BYTES];
  private int headRead;
  private int type = PREFACE;
  private int skipped;
  private int skipping;

  /**
   * @param preface how many bytes come before the first frame
   */
  FrameHeads(int preface, Visitor visitor, Payload payload) {
    this.skipping = preface;
    this.visitor = visitor;
    this.payload = payload;
  }

  void pass(byte[] bytes, int offset, int length) throws FailedTransfer {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      at += skipping > 0 ? skip(bytes, at, end - at) : read(bytes, at, end - at);
    }
  }

  private int skip(byte[] bytes, int at, int available) {
    int n = Math.min(skipping, available);
    payload.pass(type, skipped, bytes, at, n);
    skipped += n;
    skipping -= n;
    return n;
  }

  private int read(byte[] bytes, int at, int available) throws FailedTransfer {
    int n = Math.min(BYTES - headRead, available);
    System.arraycopy(bytes, at, head, headRead, n);
    headRead += n;
    if (headRead == BYTES) {
      headRead = 0;
      skipped = 0;
      skipping = number(0, 3);
      type = head[3];
      visitor.visit(type, head[4], number(5, BYTES) & Integer.MAX_VALUE, skipping);
    }
    return n;
  }

  private int number(int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      number = number << 8 | (head[i] & 0xff);
    }
    return number;
  }
}
