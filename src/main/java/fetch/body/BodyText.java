package fetch.body;

import fetch.IncludedBody;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bodies to text. A byte order mark says more than the charset of Content-Type, as in
 * browsers; without either, text is UTF-8.
 */
final class BodyText {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s\"';,]+)", Pattern.CASE_INSENSITIVE);

  private BodyText() {}

  /**
   * The body as text if it is valid, otherwise in base64.
   *
   * @param truncated whether there is more of the body, so that its last character may be cut
   */
  static IncludedBody of(byte[] bytes, int size, @Nullable String contentType, boolean truncated) {
    Charset marked = marked(bytes, size);
    String text =
        marked == null
            ? decode(ByteBuffer.wrap(bytes, 0, size), charset(contentType), truncated)
            : withoutMark(decode(ByteBuffer.wrap(bytes, 0, size), marked, truncated));
    return text != null
        ? new IncludedBody(text, null, truncated)
        : new IncludedBody(
            null, Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, size)), truncated);
  }

  /** Returns the body as text. Invalid bytes become U+FFFD. */
  static String lenient(byte[] bytes, int size, @Nullable String contentType) {
    Charset marked = marked(bytes, size);
    Charset charset = marked == null ? charset(contentType) : marked;
    String text = new String(bytes, 0, size, charset);
    return marked == null ? text : text.substring(1);
  }

  private static @Nullable String withoutMark(@Nullable String text) {
    return text == null || text.isEmpty() ? text : text.substring(1);
  }

  private static @Nullable Charset marked(byte[] bytes, int size) {
    if (begins(bytes, size, 0xef, 0xbb, 0xbf)) {
      return StandardCharsets.UTF_8;
    }
    if (begins(bytes, size, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    return begins(bytes, size, 0xff, 0xfe) ? StandardCharsets.UTF_16LE : null;
  }

  private static boolean begins(byte[] bytes, int size, int... mark) {
    boolean begins = size >= mark.length;
    for (int i = 0; begins && i < mark.length; i++) {
      begins = (bytes[i] & 0xff) == mark[i];
    }
    return begins;
  }

  private static Charset charset(@Nullable String contentType) {
    Matcher matcher = CHARSET.matcher(contentType == null ? "" : contentType);
    try {
      return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static @Nullable String decode(ByteBuffer bytes, Charset charset, boolean cut) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    int most = 1 + (int) Math.ceil(bytes.remaining() * (double) decoder.maxCharsPerByte());
    CharBuffer text = CharBuffer.allocate(most);
    boolean valid = !decoder.decode(bytes, text, !cut).isError();
    if (valid && !cut) {
      valid = !decoder.flush(text).isError();
    }
    return valid ? text.flip().toString() : null;
  }
}
