package fetch.http.http2;

import fetch.http.field.FieldBytes;
import fetch.http.field.RepeatedFields;
import fetch.http.okhttp.HeaderCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the header sections of requests so that fields that repeat parts of a response have the
 * bytes of the response. OkHttp encodes all fields as UTF-8. For one thread at a time.
 *
 * <p>Sections refer to fields of earlier ones (RFC 7541, section 2.3). A rewritten value takes the
 * place of OkHttp's in the table, and is shorter. So the server evicts no field earlier than OkHttp
 * does, and all other sections pass unchanged.
 */
final class RequestSections {
  /** The beginning of an incomplete frame or section. */
  private byte[] held = {};

  private int skipping;
  private final HpackReader in = new HpackReader();

  /**
   * @param skipping the number of bytes before the next frame
   */
  RequestSections(int skipping) {
    this.skipping = skipping;
  }

  /** Takes bytes, and returns those to send. */
  byte[] pass(byte[] bytes, int offset, int length) {
    byte[] data = Arrays.copyOf(held, held.length + length);
    System.arraycopy(bytes, offset, data, held.length, length);
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length);
    int next = 0;
    while (true) {
      int skipped = Math.min(skipping, data.length - next);
      out.write(data, next, skipped);
      skipping -= skipped;
      next += skipped;
      int end = frameEnd(data, next);
      if (end < 0) {
        break;
      }
      byte[] rewritten =
          FrameHeads.type(data, next) == FrameHeads.HEADERS ? rewritten(data, next, end) : null;
      if (rewritten == null) {
        skipping = FrameHeads.BYTES + FrameHeads.length(data, next);
      } else {
        out.writeBytes(rewritten);
        next = end;
      }
    }
    held = Arrays.copyOfRange(data, next, data.length);
    return out.toByteArray();
  }

  /** The end of the section or frame that begins here; negative if it is incomplete. */
  private static int frameEnd(byte[] data, int start) {
    if (data.length - start < FrameHeads.BYTES) {
      return SectionRewriter.INCOMPLETE;
    }
    if (FrameHeads.type(data, start) != FrameHeads.HEADERS) {
      return start + FrameHeads.BYTES;
    }
    int end = SectionRewriter.sectionEnd(data, start, data.length);
    return end == SectionRewriter.INVALID ? start + FrameHeads.BYTES : end;
  }

  /** The frames of a rewritten section, null if it passes unchanged. */
  private byte @Nullable [] rewritten(byte[] data, int start, int end) {
    boolean isWhole = end - start >= FrameHeads.BYTES + FrameHeads.length(data, start);
    byte[] block = isWhole ? SectionRewriter.block(data, start, end) : null;
    byte[] fields = block == null ? null : fieldsOf(block);
    return fields == null
        ? null
        : Frames.section(
            FrameHeads.HEADERS,
            FrameHeads.flags(data, start) & FrameHeads.END_STREAM,
            FrameHeads.stream(data, start),
            fields);
  }

  private byte @Nullable [] fieldsOf(byte[] block) {
    try {
      return rewritten(block);
    } catch (IOException e) {
      return null; // has a string that is too long to rewrite; OkHttp writes valid sections
    }
  }

  private byte @Nullable [] rewritten(byte[] block) throws IOException {
    in.begin(block);
    int copied = 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream(block.length);
    while (in.hasMore()) {
      int first = in.peek();
      boolean indexing = first >= HpackReader.WITH_INDEXING;
      if (first >= HpackReader.INDEXED) {
        in.number(HpackReader.INDEXED);
      } else if (first >= HpackReader.TABLE_SIZE && !indexing) {
        in.number(HpackReader.TABLE_SIZE);
      } else {
        int mark = indexing ? HpackReader.WITH_INDEXING : HpackReader.WITHOUT_INDEXING;
        boolean repeated = isRepeated(in.number(mark));
        int start = in.position();
        byte[] value = repeated ? in.decodedString() : in.string();
        byte[] sent = repeated ? FieldBytes.of(text(value)) : value;
        if (!Arrays.equals(sent, value)) {
          out.write(block, copied, start - copied);
          Frames.writeString(sent, out);
          copied = in.position();
        }
      }
    }
    out.write(block, copied, block.length - copied);
    return copied == 0 ? null : out.toByteArray();
  }

  /**
   * Whether a field with this name repeats a part of a response; reads the name if it has no index.
   */
  private boolean isRepeated(int index) throws IOException {
    if (index == 0) {
      in.string();
      return false; // the names of those fields are in the static table
    }
    return index <= HeaderCoding.staticFields()
        && RepeatedFields.NAMES.contains(text(HeaderCoding.staticName(index - 1)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
