package fetch.http;

import fetch.FailureKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks at the frames of an HTTP/2 connection (RFC 9113, section 4) as they come. OkHttp bounds a
 * header section by the letters in it, so that one of empty fields could fill the memory, and has
 * something to do for each of the frames that a server may send without having been asked anything.
 * For one thread.
 */
final class FrameWatch extends FilterInputStream {
  private static final int HEAD_BYTES = 9;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PUSH_PROMISE = 5;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;

  /** In the frames of one header section, their heads included. */
  private static final int MOST_IN_SECTION = 256 * 1024;

  /** How many more frames there may be of other kinds than of answers. */
  private static final int MOST_EXCESS = 10_000;

  /** How many such frames may go with each frame that an answer takes. */
  private static final int USUAL = 20;

  private final byte[] head = new byte[HEAD_BYTES];
  private int headRead;
  private int payloadLeft;
  private int section;
  private int excess;

  FrameWatch(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    int at = offset;
    while (at < offset + n) {
      at += payloadLeft > 0 ? payload(offset + n - at) : head(bytes, at, offset + n - at);
    }
    return n;
  }

  private int payload(int available) {
    int n = Math.min(payloadLeft, available);
    payloadLeft -= n;
    return n;
  }

  private int head(byte[] bytes, int at, int available) throws FailedTransfer {
    int n = Math.min(HEAD_BYTES - headRead, available);
    System.arraycopy(bytes, at, head, headRead, n);
    headRead += n;
    if (headRead == HEAD_BYTES) {
      headRead = 0;
      payloadLeft = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
      look(head[3], (head[4] & END_STREAM) != 0);
    }
    return n;
  }

  private void look(int type, boolean flagged) throws FailedTransfer {
    switch (type) {
      case HEADERS, PUSH_PROMISE -> {
        section = 0;
        lengthenSection();
        count(type == HEADERS && flagged);
      }
      case CONTINUATION -> lengthenSection();
      default -> count(type == DATA && (flagged || payloadLeft > 0));
    }
  }

  private void lengthenSection() throws FailedTransfer {
    section += HEAD_BYTES + payloadLeft;
    if (section > MOST_IN_SECTION) {
      throw Http1Rules.tooLargeHeader();
    }
  }

  /** Counts a frame, which belongs to an answer or not. */
  private void count(boolean isOfAnswer) throws FailedTransfer {
    excess = isOfAnswer ? Math.max(0, excess - USUAL) : excess + 1;
    if (excess > MOST_EXCESS) {
      throw new FailedTransfer(
          FailureKind.PROTOCOL, "the server sends no answers, but other frames without end");
    }
  }
}
