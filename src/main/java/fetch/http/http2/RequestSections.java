package fetch.http.http2;

import fetch.http.field.FieldBytes;
import fetch.http.field.RepeatedFields;
import fetch.http.okhttp.HeaderCoding;
import java.io.ByteArrayOutputStream;
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
  private static final int INDEXED = 0x80;
  private static final int REMEMBERED = 0x40;
  private static final int TABLE_SIZE = 0x20;
  private static final int NOT_REMEMBERED = 0x10;
  private static final int HUFFMAN = 0x80;

  /** The beginning of an incomplete frame or section. */
  private byte[] held = {};

  private int skipping;
  private byte[] section = {};
  private int at;

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
      byte[] rewritten = data[next + 3] == FrameHeads.HEADERS ? rewritten(data, next, end) : null;
      if (rewritten == null) {
        skipping = FrameHeads.BYTES + SectionRewriter.length(data, next);
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
    if (data[start + 3] != FrameHeads.HEADERS) {
      return start + FrameHeads.BYTES;
    }
    int end = SectionRewriter.sectionEnd(data, start, data.length);
    return end == SectionRewriter.INVALID ? start + FrameHeads.BYTES : end;
  }

  /** The frames of a rewritten section, null if it passes unchanged. */
  private byte @Nullable [] rewritten(byte[] data, int start, int end) {
    boolean isWhole = end - start >= FrameHeads.BYTES + SectionRewriter.length(data, start);
    byte[] block = isWhole ? SectionRewriter.block(data, start, end) : null;
    byte[] fields = block == null ? null : rewritten(block);
    return fields == null
        ? null
        : Frames.section(
            FrameHeads.HEADERS,
            data[start + 4] & FrameHeads.END_STREAM,
            SectionRewriter.stream(data, start),
            fields);
  }

  private byte @Nullable [] rewritten(byte[] block) {
    section = block;
    at = 0;
    int copied = 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream(block.length);
    while (at < block.length) {
      int first = block[at] & 0xff;
      if (first >= INDEXED) {
        number(INDEXED);
      } else if (first >= TABLE_SIZE && first < REMEMBERED) {
        number(TABLE_SIZE);
      } else {
        boolean repeated = isRepeated(number(first >= REMEMBERED ? REMEMBERED : NOT_REMEMBERED));
        int start = at;
        byte[] value = string(repeated);
        byte[] sent = repeated ? FieldBytes.of(text(value)) : value;
        if (!Arrays.equals(sent, value)) {
          out.write(block, copied, start - copied);
          Frames.writeString(sent, out);
          copied = at;
        }
      }
    }
    out.write(block, copied, block.length - copied);
    return copied == 0 ? null : out.toByteArray();
  }

  /**
   * Whether a field with this name repeats a part of a response; reads the name if it has no index.
   */
  private boolean isRepeated(int index) {
    if (index == 0) {
      string(false);
      return false; // the names of those fields are in the static table
    }
    return index <= HeaderCoding.staticFields()
        && RepeatedFields.NAMES.contains(text(HeaderCoding.staticName(index - 1)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] string(boolean decoded) {
    boolean huffman = (section[at] & HUFFMAN) != 0;
    int length = number(HUFFMAN);
    byte[] string = Arrays.copyOfRange(section, at, at + length);
    at += length;
    return huffman && decoded ? HeaderCoding.huffmanDecoded(string) : string;
  }

  /**
   * Reads a number (section 5.1).
   *
   * @param mark the bit before those of the number in its first byte
   */
  private int number(int mark) {
    int most = mark - 1;
    int number = section[at++] & most;
    if (number == most) {
      int shift = 0;
      int b;
      do {
        b = section[at++];
        number += (b & Byte.MAX_VALUE) << shift;
        shift += Byte.SIZE - 1;
      } while (b < 0);
    }
    return number;
  }
}
