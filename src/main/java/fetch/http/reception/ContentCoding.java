package fetch.http.reception;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * The content codings (RFC 9110, section 8.4.1) that bodies are decoded from while they are
 * streamed.
 */
public enum ContentCoding {
  GZIP("gzip", "x-gzip") {
    @Override
    InputStream decode(InputStream in) throws IOException {
      return new GzipStream(in);
    }
  },
  DEFLATE("deflate") {
    @Override
    InputStream decode(InputStream in) throws IOException {
      return inflate(new PushbackInputStream(in, 1));
    }
  },
  BROTLI("br") {
    @Override
    InputStream decode(InputStream in) throws IOException {
      return new BrotliInputStream(in);
    }
  },
  ZSTD("zstd") {
    @Override
    InputStream decode(InputStream in) throws IOException {
      return new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
    }
  },
  IDENTITY("identity", "none", "") {
    @Override
    InputStream decode(InputStream in) {
      return in;
    }
  };

  /** The codings that a request accepts; most servers choose the last one. */
  public static final String ACCEPT_ENCODING = "gzip, br, zstd";

  private static final int BUFFER_BYTES = 8 * 1024;

  /** Servers must not require a window of more than 8 MB (RFC 9659). */
  private static final int ZSTD_WINDOW_LOG = 23;

  private static final int MOST_CODINGS = 5;

  private final List<String> names;

  ContentCoding(String... names) {
    this.names = List.of(names);
  }

  /** Starts decoding; the stream may read ahead. */
  abstract InputStream decode(InputStream in) throws IOException;

  /** The codings of a response in the order in which they were applied, without identity. */
  static List<ContentCoding> of(List<String> fieldValues) throws FailedTransfer {
    List<ContentCoding> codings = new ArrayList<>();
    for (String value : fieldValues) {
      for (String name : value.split(",", -1)) {
        ContentCoding coding = named(name.strip().toLowerCase(Locale.ROOT));
        if (coding != IDENTITY) {
          codings.add(coding);
        }
      }
    }
    if (codings.size() > MOST_CODINGS) {
      throw new FailedTransfer(
          FailureKind.BAD_ENCODING, "the body has " + codings.size() + " content codings");
    }
    return codings;
  }

  private static ContentCoding named(String name) throws FailedTransfer {
    for (ContentCoding coding : values()) {
      if (coding.names.contains(name)) {
        return coding;
      }
    }
    throw new FailedTransfer(
        FailureKind.BAD_ENCODING, "the content coding '" + name + "' is unknown");
  }

  /**
   * Undoes codings that were applied in this order.
   *
   * @param over whether to stop, which then throws {@link InterruptedIOException}
   */
  static InputStream decode(InputStream in, List<ContentCoding> codings, BooleanSupplier over)
      throws IOException {
    InputStream decoded = in;
    try {
      for (ContentCoding coding : codings.reversed()) {
        decoded = coding.decode(new Stoppable(decoded, over));
      }
      return decoded;
    } catch (IOException | RuntimeException e) {
      decoded.close();
      throw e;
    }
  }

  /**
   * The failure of a body that could not be decoded; the library's own message appears with {@code
   * -v}.
   */
  static FailedTransfer broken(List<ContentCoding> codings, Exception cause) {
    String names =
        String.join(", ", codings.stream().map(coding -> coding.names.getFirst()).toList());
    String message =
        cause instanceof EOFException
            ? "the body's " + names + " data ends early"
            : "the body is not valid " + names;
    FailedTransfer failure = new FailedTransfer(FailureKind.BAD_ENCODING, message);
    failure.initCause(cause);
    return failure;
  }

  /**
   * Decodes deflate: most servers send zlib (RFC 1950) as the standard requires, some send raw
   * deflate (RFC 1951).
   */
  private static InputStream inflate(PushbackInputStream in) throws IOException {
    int first = in.read();
    if (first >= 0) {
      in.unread(first);
    }
    boolean bare = (first & 0x0f) != 8;
    return new InflaterInputStream(in, new Inflater(bare), BUFFER_BYTES) {
      @Override
      public void close() throws IOException {
        inf.end();
        super.close();
      }
    };
  }

  /** Stops between two reads, because a long body may decode to nothing. */
  private static final class Stoppable extends FilterInputStream {
    private final BooleanSupplier over;

    Stoppable(InputStream in, BooleanSupplier over) {
      super(in);
      this.over = over;
    }

    @Override
    public int read() throws IOException {
      checkNotOver();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      checkNotOver();
      return super.read(bytes, offset, length);
    }

    private void checkNotOver() throws InterruptedIOException {
      if (over.getAsBoolean()) {
        throw new InterruptedIOException("stopped while decompressing");
      }
    }
  }
}
