package fetch.warc;

import fetch.warc.RecordHeaders.Digests;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as they go over the wire, on their way into the archive. What cannot
 * be kept is told at the end only. For one thread at a time.
 */
public final class Capture implements Closeable {
  private static final int USUAL_HEAD_BYTES = 512;

  private final Archive archive;
  private final ByteArrayOutputStream request = new ByteArrayOutputStream(USUAL_HEAD_BYTES);
  private final ByteArrayOutputStream heads = new ByteArrayOutputStream(USUAL_HEAD_BYTES);
  private final MessageDigest payload = Sha1.begin();
  private final MessageDigest block = Sha1.begin();
  private byte[] head = {};
  private @Nullable SpillingBuffer body;
  private @Nullable IOException failure;

  Capture(Archive archive) {
    this.archive = archive;
  }

  /** Takes bytes of the request. */
  public void sent(byte[] bytes, int offset, int length) {
    request.write(bytes, offset, length);
  }

  /** Takes bytes of the answer. */
  public void received(byte[] bytes, int offset, int length) {
    if (body == null) {
      heads.write(bytes, offset, length);
    } else {
      write(body, bytes, offset, length);
    }
  }

  private void write(SpillingBuffer to, byte[] bytes, int offset, int length) {
    if (failure != null) {
      return;
    }
    try {
      to.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      archive.fails(e);
    }
  }

  /**
   * Says that the lines before the body have been read.
   *
   * @param ahead how many bytes have been taken since
   * @param coded whether the body has a transfer coding, so that {@link #content} tells what it is
   */
  public void headEnds(int ahead, boolean coded) {
    byte[] taken = heads.toByteArray();
    int end = taken.length - ahead;
    head = MessageHead.last(Arrays.copyOf(taken, end));
    block.update(head);
    body = new SpillingBuffer(archive, coded ? List.of(block) : List.of(block, payload));
    write(body, taken, end, ahead);
  }

  /** Takes bytes of the body without its transfer coding. */
  public void content(byte[] bytes, int offset, int length) {
    payload.update(bytes, offset, length);
  }

  /** How many bytes of the body have been taken, with its transfer coding. */
  public long bodyLength() {
    return body == null ? 0 : body.length();
  }

  /**
   * Says that no more of the body is read.
   *
   * @param ahead how many bytes have been taken that do not belong to it
   */
  public void bodyEnds(int ahead) {
    if (body != null) {
      body.drop(ahead);
    }
  }

  /** Whether there is an answer to be archived. */
  public boolean isAnswered() {
    return body != null;
  }

  /** Archives what came, and returns the file that has it; null when nobody wants to know. */
  public @Nullable String finish(ExchangeInfo exchange) throws ArchiveWriteException {
    SpillingBuffer content = body;
    if (content == null) {
      throw new IllegalStateException("there is no response");
    }
    if (failure != null) {
      throw archive.failed();
    }
    content.end();
    boolean whole = exchange.truncation() == null;
    return archive.add(
        new CapturedExchange(
            exchange,
            MessageHead.withoutSecrets(request.toByteArray()),
            head,
            content,
            new Digests(Sha1.text(block.digest()), whole ? Sha1.text(payload.digest()) : null)));
  }

  @Override
  public void close() {
    try (SpillingBuffer content = body) {
      body = null;
    } catch (IOException e) {
      // Nobody needs what was in it.
    }
  }
}
