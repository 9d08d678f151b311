package fetch.http.http2;

import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Watches the frames of an HTTP/2 connection (RFC 9113, section 4) in both directions, because
 * OkHttp limits too little. It limits a header section by its characters, so one with empty fields
 * could fill the memory. It handles any number of frames without requests, and queues replies until
 * the server reads them. For one thread that reads and others that write.
 *
 * <p>It also ensures that only the reader finds out how the connection ends. The last frames
 * received tell which requests the server did not act on; a write failure would hide them.
 */
public final class FrameWatch extends FilterInputStream {
  /**
   * The length of the preface: PRI
   *
   * <p>HTTP/2.0 and so on.
   */
  private static final int PREFACE_BYTES = 24;

  /** The most bytes of frames in one header section, their headers included. */
  private static final int MOST_IN_SECTION = 256 * 1024;

  /** How many more frames of other kinds than of responses there may be. */
  private static final int MOST_EXCESS = 10_000;

  /** How many such frames are allowed for each frame of a response. */
  private static final int USUAL = 20;

  /** How many frames of a cancelled response may still arrive: OkHttp's window of 16 MB. */
  private static final int STRAGGLERS = 4096;

  private static final int MOST_STRAGGLERS = 256 * STRAGGLERS;

  /** How long the end is held back while requests are being sent. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** The most replies that the server may leave unread. */
  private static final int MOST_OWED = 10_000;

  private final SectionInput sections;
  private final FrameRules rules = new FrameRules();
  private final FrameHeads received = new FrameHeads(0, this::received, rules);
  private final FrameHeads sent = new FrameHeads(PREFACE_BYTES, this::sent, FrameHeads.AS_IT_IS);
  private final AtomicInteger sending = new AtomicInteger();
  private final Set<Integer> unanswered = new HashSet<>();
  private int section;
  private int excess;
  private int owed;
  private long heard = System.nanoTime();
  private volatile boolean ended;
  private volatile boolean broken;
  private boolean completing;
  private boolean completed;
  private volatile boolean proven;
  private boolean rewriting;

  public FrameWatch(InputStream in) {
    this(new SectionInput(in));
  }

  private FrameWatch(SectionInput in) {
    super(in);
    sections = in;
  }

  /** Wraps the connection's output. */
  public OutputStream over(OutputStream out) {
    return new Output(out);
  }

  /** The instance of a connection; null if it has none or is closed. */
  public static @Nullable FrameWatch of(Connection connection) {
    try {
      return connection.socket().getInputStream() instanceof FrameWatch watch ? watch : null;
    } catch (IOException e) {
      return null; // it is closed
    }
  }

  /** Whether nothing was received since a moment, so the connection may be dead. */
  public synchronized boolean isSilentSince(long nanoTime) {
    return heard - nanoTime <= 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    completed |= completing && rules.isBetweenSections() && received.isBetweenFrames();
    proven = completed; // the reader has processed everything before
    try {
      int n = readValid(bytes, offset, length);
      if (n >= 0) {
        return n;
      }
    } catch (IOException e) {
      end();
      throw e;
    }
    end();
    checkAnswered();
    return -1;
  }

  /** Reads frames up to the first invalid one, and fails after those. */
  private int readValid(byte[] bytes, int offset, int length) throws IOException {
    IOException failure = received.failure();
    if (failure == null) {
      int n = super.read(bytes, offset, length);
      int valid = n < 0 ? n : pass(bytes, offset, n);
      failure = received.failure();
      if (failure == null || valid > 0) {
        return valid;
      }
    }
    throw failure;
  }

  private synchronized int pass(byte[] bytes, int offset, int length) {
    heard = System.nanoTime();
    return received.pass(bytes, offset, length);
  }

  private synchronized void checkAnswered() throws SocketException {
    if (!unanswered.isEmpty()) {
      throw new SocketException("the server closed it");
    }
  }

  /**
   * Called before a request is sent, whose stream then learns how the connection ends.
   *
   * @return whether the request can be sent; if so, {@link #endRequest} must follow
   */
  boolean beginRequest() {
    sending.incrementAndGet();
    if (!ended && !broken) {
      return true;
    }
    sending.decrementAndGet();
    return false;
  }

  /** Lets {@link RequestSections} rewrite requests from the next one on. */
  synchronized void rewriteRequests() {
    rewriting = true;
  }

  void endRequest() {
    sending.decrementAndGet();
  }

  /**
   * Holds the end of the connection back until requests being sent have their streams. Of 37
   * requests that OkHttp could not finish sending because the connection had ended, 21 had reached
   * the server.
   */
  private void end() {
    ended = true;
    long start = System.nanoTime();
    while (sending.get() > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void received(int type, int flags, int stream, int length) throws IOException {
    rules.check(type, flags, stream, length);
    completed |= completing && type != FrameHeads.CONTINUATION;
    boolean ends = (flags & FrameHeads.END_STREAM) != 0;
    boolean isReply = (flags & FrameHeads.ACK) != 0;
    switch (type) {
      case FrameHeads.HEADERS -> {
        beginSection(length);
        count(unanswered.contains(stream) && ends);
        owe(stream % 2 == 0);
      }
      case FrameHeads.PUSH_PROMISE -> {
        beginSection(length);
        count(false);
        owe(true);
      }
      case FrameHeads.CONTINUATION -> lengthenSection(length);
      case FrameHeads.DATA -> {
        boolean expected = unanswered.contains(stream);
        count(expected && (ends || length > 0));
        owe(!expected);
      }
      case FrameHeads.RST_STREAM -> count(unanswered.contains(stream));
      case FrameHeads.PING, FrameHeads.SETTINGS -> {
        count(false);
        owe(!isReply);
      }
      default -> count(false);
    }
    if (type == FrameHeads.RST_STREAM || (ends && type <= FrameHeads.HEADERS)) {
      completing |= unanswered.remove(stream) && type != FrameHeads.RST_STREAM;
    }
  }

  /** Whether the server closed the connection or it broke. */
  public boolean hasEnded() {
    return ended;
  }

  /** The name of the error code of a reset; null if the server has reset no stream with it. */
  public synchronized @Nullable String nameOf(IOException reset) {
    return rules.nameOf(reset);
  }

  /** The fault of a trailer section that reset its stream; null for none. */
  public @Nullable String malformedTrailers() {
    return sections.malformedTrailers();
  }

  /** Whether a whole valid response was received. */
  public boolean isProven() {
    return proven;
  }

  private void beginSection(int length) throws FailedTransfer {
    section = 0;
    lengthenSection(length);
  }

  private void lengthenSection(int length) throws FailedTransfer {
    section += FrameHeads.BYTES + length;
    if (section > MOST_IN_SECTION) {
      throw FailedTransfer.tooLargeHeaderSection();
    }
  }

  /** Counts a frame, by whether it belongs to a response. */
  private void count(boolean isOfAnswer) throws FailedTransfer {
    excess = isOfAnswer ? Math.max(Math.min(0, excess), excess - USUAL) : excess + 1;
    if (excess > MOST_EXCESS) {
      throw new FailedTransfer(
          FailureKind.PROTOCOL, "the server sends endless frames without a response");
    }
  }

  /** Counts a frame that requires a reply. */
  private void owe(boolean reply) throws FailedTransfer {
    owed += reply ? 1 : 0;
    if (owed > MOST_OWED) {
      throw new FailedTransfer(
          FailureKind.PROTOCOL, "the server sends endless frames and reads no replies");
    }
  }

  private void sent(int type, int flags, int stream, int length) {
    switch (type) {
      case FrameHeads.HEADERS -> unanswered.add(stream);
      case FrameHeads.RST_STREAM -> {
        boolean givenUp = unanswered.remove(stream);
        excess = Math.max(-MOST_STRAGGLERS, excess - (givenUp ? STRAGGLERS : 0));
        repay(!givenUp);
      }
      case FrameHeads.PING, FrameHeads.SETTINGS -> repay((flags & FrameHeads.ACK) != 0);
      default -> {}
    }
  }

  private void repay(boolean reply) {
    owed -= reply && owed > 0 ? 1 : 0;
  }

  /**
   * Reports output before its response can arrive, and hides write failures, which the reader
   * explains better.
   */
  private final class Output extends FilterOutputStream {
    private @Nullable RequestSections requests;

    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] rewritten = null;
      synchronized (FrameWatch.this) {
        int next = sent.bytesToNext();
        if (rewriting && requests == null && next >= 0) {
          requests = new RequestSections(next);
        }
        sent.pass(bytes, offset, length);
        if (requests != null) {
          rewritten = requests.pass(bytes, offset, length);
        }
      }
      if (!broken) {
        try {
          if (rewritten == null) {
            out.write(bytes, offset, length);
          } else {
            out.write(rewritten);
          }
        } catch (IOException e) {
          broken = true;
        }
      }
    }

    @Override
    public void flush() throws IOException {
      if (!broken) {
        out.flush();
      }
    }
  }
}
