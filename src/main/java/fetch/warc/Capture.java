package fetch.warc;

import fetch.ArchivedResponse;
import fetch.warc.RecordHeaders.Digests;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captures one request and its response, as sent and received, for the archive. A write failure is
 * reported by {@link #finish} only. For one thread at a time.
 */
public final class Capture implements Closeable {
  private static final int USUAL_HEAD_BYTES = 512;

  /** Of a request; the body of a larger one is not kept in memory. */
  private static final int MOST_BYTES = 64 * 1024;

  private final CaptureTarget archive;
  private final ByteArrayOutputStream request = new ByteArrayOutputStream(USUAL_HEAD_BYTES);
  private final ByteArrayOutputStream heads = new ByteArrayOutputStream(USUAL_HEAD_BYTES);
  private final MessageDigest payload = Sha1.begin();
  private final MessageDigest block = Sha1.begin();
  private byte[] head = {};
  private @Nullable SentContent large;
  private @Nullable SpillingBuffer body;
  private @Nullable IOException failure;

  /** The request, once it is large. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record SentContent(byte[] head, MessageDigest block, SpillingBuffer content) {}

  Capture(CaptureTarget archive) {
    this.archive = archive;
  }

  /** Takes bytes of the request. */
  public void sent(byte[] bytes, int offset, int length) {
    SentContent taken = large;
    if (taken != null) {
      write(taken.content(), bytes, offset, length);
      return;
    }
    request.write(bytes, offset, length);
    if (request.size() > MOST_BYTES) {
      large = spilt(request.toByteArray());
    }
  }

  private @Nullable SentContent spilt(byte[] taken) {
    int end = MessageHead.end(taken);
    if (end == taken.length) {
      return null;
    }
    byte[] start = MessageHead.withoutSecrets(Arrays.copyOf(taken, end));
    MessageDigest digest = Sha1.begin();
    digest.update(start);
    SpillingBuffer content = new SpillingBuffer(archive, List.of(digest));
    write(content, taken, end, taken.length - end);
    request.reset();
    return new SentContent(start, digest, content);
  }

  private CapturedRequest request() {
    SentContent taken = large;
    if (taken == null) {
      byte[] all = MessageHead.requestWithoutSecrets(request.toByteArray());
      return new CapturedRequest(all, null, Sha1.text(Sha1.of(all)));
    }
    taken.content().end();
    return new CapturedRequest(taken.head(), taken.content(), Sha1.text(taken.block().digest()));
  }

  /** Takes bytes of the response. */
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
   * Ends the head of the response.
   *
   * @param ahead the number of bytes already taken after the head
   * @param coded whether the body has a transfer coding; {@link #content} then gets the decoded
   *     bytes
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

  /** The number of body bytes taken, with transfer coding. */
  public long bodyLength() {
    return body == null ? 0 : body.length();
  }

  /**
   * Ends the body.
   *
   * @param ahead the number of bytes taken that do not belong to the body
   */
  public void bodyEnds(int ahead) {
    if (body != null) {
      body.drop(ahead);
    }
  }

  /** Whether there is a response to archive. */
  public boolean hasResponse() {
    return body != null;
  }

  /** Archives the exchange; returns where its response is if results say it, else null. */
  public @Nullable ArchivedResponse finish(ExchangeInfo exchange) throws ArchiveWriteException {
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
            request(),
            head,
            content,
            new Digests(Sha1.text(block.digest()), whole ? Sha1.text(payload.digest()) : null)));
  }

  @Override
  public void close() {
    SentContent taken = large;
    try (SpillingBuffer _ = body;
        SpillingBuffer _ = taken == null ? null : taken.content()) {
      body = null;
      large = null;
    } catch (IOException e) {
      // Its content is not needed any more.
    }
  }
}
