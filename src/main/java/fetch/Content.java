package fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request (RFC 9110, section 6.4). It can be sent any number of times, as a
 * redirect may repeat it. Never printed, as it may hold secrets.
 *
 * @param pieces one after another
 * @param type the media type, unless a header field sets another; null for none
 * @param accept the type to accept, unless a header field sets another; null for any
 */
public record Content(List<Piece> pieces, @Nullable String type, @Nullable String accept) {
  /** The media type of HTML forms and of curl's {@code --data}. */
  public static final String FORM = "application/x-www-form-urlencoded";

  public static final String JSON = "application/json";

  /** Content in memory. */
  public static Content of(byte[] bytes, @Nullable String type, @Nullable String accept) {
    return new Content(List.of(new Bytes(bytes)), type, accept);
  }

  /** The length in bytes. */
  public long length() {
    long length = 0;
    for (Piece piece : pieces) {
      length += piece.length();
    }
    return length;
  }

  /**
   * The content of an entry, which has no files.
   *
   * @throws IllegalStateException if there is a file
   */
  public byte[] bytes() {
    if (pieces.size() == 1 && pieces.getFirst() instanceof Bytes piece) {
      return piece.bytes.clone();
    }
    throw new IllegalStateException("not the content of an entry");
  }

  /** A part of the content. */
  public sealed interface Piece {
    /** The length in bytes as sent. */
    long length();
  }

  /** Bytes in memory. */
  public static final class Bytes implements Piece {
    private final byte[] bytes;

    /**
     * @param bytes must not be changed afterwards
     */
    public Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /**
   * A file, which is read each time the content is sent.
   *
   * @param length in bytes as sent, after its coding
   */
  public record InFile(Path file, Coding coding, long length) implements Piece {}

  /** How a file is encoded when it is sent. */
  public enum Coding {
    AS_IS,
    /** Without CR, LF and NUL, as curl's {@code --data} does. */
    WITHOUT_LINE_ENDS,
    /** Percent-encoded, with {@code +} for a blank (WHATWG URL, section 5.2). */
    FORM
  }

  /** Omits the content. */
  @Override
  public String toString() {
    return "Content";
  }
}
