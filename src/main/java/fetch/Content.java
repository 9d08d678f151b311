package fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request (RFC 9110, section 6.4). It can be sent any number of times, as
 * redirects may ask for it again. Never printed, as it may hold secrets.
 *
 * @param pieces one after another
 * @param type of the media, unless a header field says otherwise; null for none
 * @param accept which type to accept, unless a header field says otherwise; null for any
 */
public record Content(List<Piece> pieces, @Nullable String type, @Nullable String accept) {
  /** What HTML forms and curl's {@code --data} send. */
  public static final String FORM = "application/x-www-form-urlencoded";

  public static final String JSON = "application/json";

  /** Content that is in memory. */
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
   * @throws IllegalStateException when there is a file
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
     * @param bytes not to be changed any more
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
   * A file, which is read each time that the content is sent.
   *
   * @param length in bytes as sent, by its coding
   */
  public record InFile(Path file, Coding coding, long length) implements Piece {}

  /** How the bytes of a file are sent. */
  public enum Coding {
    AS_IS,
    /** Without CR, LF and NUL, as curl's {@code --data} does. */
    WITHOUT_LINE_ENDS,
    /** Percent-encoded, with {@code +} for a blank (WHATWG URL, section 5.2). */
    FORM
  }

  /** Keeps the content to itself. */
  @Override
  public String toString() {
    return "Content";
  }
}
