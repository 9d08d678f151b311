package fetch.http.http2;

import fetch.http.field.FieldBytes;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP/2 connection and rewrites header sections for OkHttp. OkHttp decodes UTF-8 and
 * loses all other bytes; {@link FieldBytes} keeps them. OkHttp accepts malformed sections; here
 * they end their stream (RFC 9113, section 8.1.1). For one thread.
 */
final class SectionInput extends FilterInputStream {
  private static final byte[] NOTHING = {};

  /** The name of a field whose value is the fault of a header section; no server can send it. */
  private static final String MALFORMED = " malformed";

  private static final byte[] STATUS_200 = {(byte) 0x88};

  private final SectionRewriter sections = new SectionRewriter(0, new OfServer());
  private volatile @Nullable String trailers;
  private byte[] ready = NOTHING;
  private int taken;

  SectionInput(InputStream in) {
    super(in);
  }

  /**
   * The fault of the last malformed trailer section, which was replaced by a reset; null for none.
   * Safe for any thread.
   */
  @Nullable String malformedTrailers() {
    return trailers;
  }

  /** The fault of a header section that was replaced; null for others. */
  static @Nullable String objection(Headers head) {
    return head.get(MALFORMED);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (taken == ready.length && length > 0) {
      int n = in.read(bytes, offset, length);
      byte[] passed = n < 0 ? sections.giveUp() : sections.pass(bytes, offset, n);
      if (passed == null || (n < 0 && passed.length == 0)) {
        return n;
      }
      ready = passed;
      taken = 0;
    }
    int n = Math.min(length, ready.length - taken);
    System.arraycopy(ready, taken, bytes, offset, n);
    taken += n;
    return n;
  }

  @Override
  public int available() throws IOException {
    return ready.length - taken + in.available();
  }

  private final class OfServer implements SectionRewriter.Rules {
    private final SectionRules rules = new SectionRules();

    @Override
    public byte @Nullable [] replacement(int stream, boolean ends, List<CodedField> fields) {
      boolean isTrailers = rules.isTrailers(stream);
      String objection = rules.objection(stream, ends, fields);
      if (objection == null) {
        return null;
      }
      if (isTrailers) {
        trailers = objection;
        return Frames.reset(stream);
      }
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      head.writeBytes(STATUS_200);
      Frames.writeField(ascii(MALFORMED), ascii(objection), head);
      int flags = ends ? FrameHeads.END_STREAM : 0;
      return Frames.section(FrameHeads.HEADERS, flags, stream, head.toByteArray());
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] value(byte[] decoded) {
      return FieldBytes.decode(decoded).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void ended(int stream) {
      rules.ended(stream);
    }
  }
}
