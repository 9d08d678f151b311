package fetch.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises UTF-16 and UTF-32, with or without a byte order mark. */
final class WideText {
  /** Large enough for a line end, the best evidence of an encoding. */
  static final int SAMPLE_BYTES = 4096;

  private static final int UTF_32_BYTES = 4;

  /** UTF-16 text with URLs has more than one zero byte in this many. */
  private static final int FEW = 8;

  private static final List<Charset> UTF_32 =
      List.of(StandardCharsets.UTF_32LE, StandardCharsets.UTF_32BE);
  private static final List<Charset> UTF_16 =
      List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  private WideText() {}

  /**
   * The encoding's name in iconv; null if the text is not UTF-16 or UTF-32.
   *
   * @param sample the start of the text
   */
  static @Nullable String charset(byte[] sample) {
    String marked = marked(sample);
    if (marked != null || !hasZero(sample)) {
      return marked;
    }
    for (Charset charset : UTF_32) {
      if (sample.length >= UTF_32_BYTES && text(sample, UTF_32_BYTES, charset) != null) {
        return charset.name();
      }
    }
    for (Charset charset : UTF_16) {
      if (isUtf16(sample, charset)) {
        return charset.name();
      }
    }
    return null;
  }

  private static @Nullable String marked(byte[] sample) {
    if (begins(sample, 0xff, 0xfe, 0, 0) || begins(sample, 0, 0, 0xfe, 0xff)) {
      return "UTF-32";
    }
    return begins(sample, 0xff, 0xfe) || begins(sample, 0xfe, 0xff) ? "UTF-16" : null;
  }

  private static boolean begins(byte[] sample, int... mark) {
    if (sample.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((sample[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasZero(byte[] sample) {
    for (byte b : sample) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Two ASCII characters at the start are proof, and so is a line end in text that is not UTF-8.
   */
  private static boolean isUtf16(byte[] sample, Charset charset) {
    String text = text(sample, 2, charset);
    if (text == null || text.length() < 2) {
      return false;
    }
    boolean ends = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    return (isAscii(text.charAt(0)) && isAscii(text.charAt(1))) || (ends && !isUtf8(sample));
  }

  /** Whether a sample is UTF-8 with a few zero bytes, which are faults of single lines. */
  private static boolean isUtf8(byte[] sample) {
    byte[] others = new byte[sample.length];
    int length = 0;
    for (byte b : sample) {
      if (b != 0) {
        others[length++] = b;
      }
    }
    String text = text(Arrays.copyOf(others, length), 1, StandardCharsets.UTF_8);
    boolean few = (sample.length - length) * FEW < sample.length;
    return few
        && text != null
        && text.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
  }

  private static boolean isAscii(char c) {
    return c < 0x80;
  }

  /**
   * The text of a sample, which may end within a character; null if it is invalid in this charset.
   */
  private static @Nullable String text(byte[] sample, int unit, Charset charset) {
    ByteBuffer bytes = ByteBuffer.wrap(sample, 0, sample.length - sample.length % unit);
    CharBuffer text = CharBuffer.allocate(sample.length);
    boolean valid = !charset.newDecoder().decode(bytes, text, false).isError();
    String decoded = text.flip().toString();
    return valid && !decoded.isEmpty() && decoded.indexOf(0) < 0 ? decoded : null;
  }
}
