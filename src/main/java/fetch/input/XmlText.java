package fetch.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document (XML 1.0, sections 2.2, 2.11 and 4.3.3). Decodes them as the
 * byte order mark or the XML declaration says, replaces each line end by a line feed, counts lines,
 * and refuses bytes and characters that the document may not have. Reads no more bytes than needed
 * for the next character, so that a pipe can be read as it is filled.
 */
final class XmlText {
  static final int END = -1;

  private static final int BUFFER = 8192;
  private static final int MOST_DECLARATION = 1024;
  private static final int UTF_8_MARK = 0xefbb;
  private static final String BEGIN = "<?xml";
  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([\\w.:-]+)[\"']");

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private boolean ended;
  private boolean afterReturn;
  private long line;

  /**
   * Begins to read.
   *
   * @param in supports marks
   * @param line the number of its first line
   */
  XmlText(InputStream in, long line) throws IOException {
    this.in = in;
    this.line = line;
    this.decoder = encoding().newDecoder();
  }

  /** The encoding, by the first bytes; a byte order mark is consumed. */
  private Charset encoding() throws IOException {
    in.mark(MOST_DECLARATION);
    int first = in.read() << 8 | in.read();
    switch (first) {
      case 0xfeff -> {
        return StandardCharsets.UTF_16BE;
      }
      case 0xfffe -> {
        return StandardCharsets.UTF_16LE;
      }
      case UTF_8_MARK -> {
        if (in.read() == 0xbf) {
          return StandardCharsets.UTF_8;
        }
      }
      default -> {}
    }
    in.reset();
    return switch (first) {
      case '<' -> StandardCharsets.UTF_16BE;
      case '<' << 8 -> StandardCharsets.UTF_16LE;
      default -> declared();
    };
  }

  /** Programs that declare UTF-16 and write UTF-8 are common: these bytes are not UTF-16. */
  private Charset declared() throws IOException {
    Matcher matcher = ENCODING.matcher(declaration());
    if (!matcher.lookingAt() || matcher.group(1).regionMatches(true, 0, "UTF-16", 0, 6)) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(matcher.group(1));
    } catch (IllegalArgumentException e) {
      throw fault("the encoding " + Row.excerpt(matcher.group(1)) + " is not known");
    }
  }

  /** The XML declaration, if there is one. Consumes nothing. */
  private String declaration() throws IOException {
    StringBuilder text = new StringBuilder();
    in.mark(MOST_DECLARATION);
    boolean more = true;
    while (more) {
      int b = in.read();
      text.append((char) b);
      int length = text.length();
      boolean begun = length > BEGIN.length() || BEGIN.charAt(length - 1) == b;
      more = begun && b >= 0 && b != '>' && length < MOST_DECLARATION;
    }
    in.reset();
    return text.toString();
  }

  /** The number of the line that the next character is on. */
  long line() {
    return line;
  }

  /** Why the document is not valid, with the line. */
  IOException fault(String reason) {
    return new IOException("line " + line + ": not valid XML: " + reason);
  }

  /** Returns the next character, which stays the next, or {@link #END}. */
  int peek() throws IOException {
    while (chars.hasRemaining() || fill()) {
      char c = chars.get(chars.position());
      if (c != '\n' || !afterReturn) {
        return c == '\r' ? '\n' : c;
      }
      chars.get();
      afterReturn = false;
    }
    return END;
  }

  /** Returns the next character, or {@link #END}. */
  int read() throws IOException {
    int c = peek();
    if (c == END) {
      return END;
    }
    afterReturn = chars.get() == '\r';
    if (c == '\n') {
      line++;
    } else if ((c < ' ' && c != '\t') || c >= 0xfffe) {
      throw fault("the character U+%04X".formatted(c));
    }
    return c;
  }

  private boolean fill() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    while (chars.position() == 0) {
      if (result.isError()) {
        throw fault("bytes that are not " + decoder.charset());
      }
      if (ended) {
        chars.flip();
        return false;
      }
      bytes.compact();
      int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = n < 0;
      bytes.position(bytes.position() + Math.max(n, 0)).flip();
      result = decoder.decode(bytes, chars, ended);
    }
    chars.flip();
    return true;
  }
}
