package fetch.http;

import fetch.Content;
import fetch.FailureKind;
import fetch.http.call.FailedTransfer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Sends the content of a request and streams its files. Safe for many threads. */
public final class RequestContent extends RequestBody {
  private static final int BLOCK_BYTES = 16 * 1024;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private final Content content;

  RequestContent(Content content) {
    this.content = content;
  }

  /** The type is a header field of the request. */
  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return content.length();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    for (Content.Piece piece : content.pieces()) {
      switch (piece) {
        case Content.Bytes bytes -> bytes.writeTo(sink.outputStream());
        case Content.InFile file -> write(file, sink.outputStream());
      }
    }
  }

  private static void write(Content.InFile piece, OutputStream out) throws IOException {
    Path name = piece.file();
    try (Encoder in = new Encoder(open(name), piece.coding())) {
      long left = piece.length();
      byte[] block = new byte[BLOCK_BYTES];
      for (int n = read(in, block, name); n > 0; n = read(in, block, name)) {
        left -= n;
        if (left < 0) {
          break;
        }
        out.write(block, 0, n);
      }
      if (left != 0) {
        throw new FailedTransfer(FailureKind.IO, name + " changed while the run lasted");
      }
    }
  }

  private static InputStream open(Path file) throws FailedTransfer {
    try {
      return new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static int read(Encoder in, byte[] block, Path file) throws FailedTransfer {
    try {
      return in.read(block);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static FailedTransfer unreadable(Path file, IOException cause) {
    FailedTransfer failure =
        new FailedTransfer(FailureKind.IO, "the request body cannot be read from " + file);
    failure.initCause(cause);
    return failure;
  }

  /**
   * The length of a file as it is sent, in bytes. Reads the file if a coding changes its length.
   */
  public static Content.InFile measured(Path file, Content.Coding coding) throws IOException {
    if (coding == Content.Coding.AS_IS && Files.isRegularFile(file)) {
      return new Content.InFile(file, coding, Files.size(file));
    }
    long length = 0;
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES);
        Encoder encoder = new Encoder(in, coding)) {
      for (int n = encoder.read(block); n > 0; n = encoder.read(block)) {
        length += n;
      }
    }
    return new Content.InFile(file, coding, length);
  }

  /** Encodes a whole stream as it is sent. */
  public static byte[] encoded(InputStream in, Content.Coding coding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK_BYTES];
    try (Encoder encoder = new Encoder(new BufferedInputStream(in, BLOCK_BYTES), coding)) {
      for (int n = encoder.read(block); n > 0; n = encoder.read(block)) {
        out.write(block, 0, n);
      }
    }
    return out.toByteArray();
  }

  /** Encodes bytes as they are sent. */
  public static byte[] encoded(byte[] bytes, Content.Coding coding) {
    try {
      return encoded(new ByteArrayInputStream(bytes), coding);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes have no file
    }
  }

  /**
   * Pieces as text for a URL.
   *
   * @throws IOException when a file cannot be read
   */
  public static String text(List<Content.Piece> pieces) throws IOException {
    Buffer buffer = new Buffer();
    new RequestContent(new Content(pieces, null, null)).writeTo(buffer);
    return buffer.readUtf8();
  }

  /** Applies a coding to a stream. */
  private static final class Encoder implements AutoCloseable {
    private static final int LONGEST = 3;

    private final InputStream in;
    private final Content.Coding coding;

    Encoder(InputStream in, Content.Coding coding) {
      this.in = in;
      this.coding = coding;
    }

    /** Reads into the block; 0 at the end. */
    int read(byte[] block) throws IOException {
      if (coding == Content.Coding.AS_IS) {
        return Math.max(0, in.read(block));
      }
      int length = 0;
      while (length <= block.length - LONGEST) {
        int b = in.read();
        if (b < 0) {
          return length;
        }
        length = put(b, block, length);
      }
      return length;
    }

    private int put(int b, byte[] block, int length) throws EOFException {
      return switch (coding) {
        case AS_IS -> throw new EOFException();
        case WITHOUT_LINE_ENDS -> {
          block[length] = (byte) b;
          yield b == '\r' || b == '\n' || b == 0 ? length : length + 1;
        }
        case FORM -> putEncoded(b, block, length);
      };
    }

    private static int putEncoded(int b, byte[] block, int length) {
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
      if (letter || (b >= '0' && b <= '9') || "-._~".indexOf(b) >= 0) {
        block[length] = (byte) b;
        return length + 1;
      }
      if (b == ' ') {
        block[length] = '+';
        return length + 1;
      }
      block[length] = '%';
      block[length + 1] = HEX[b >> 4];
      block[length + 2] = HEX[b & 0xf];
      return length + LONGEST;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
