package fetch.http.http2;

import fetch.http.call.FailedTransfer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header sections in one direction of an HTTP/2 connection, and replaces those that must
 * not pass unchanged. For one thread at a time.
 *
 * <p>Sections refer to earlier ones (RFC 7541, section 2.3). So after a replacement, all later
 * sections are replaced by ones without references. All other bytes pass unchanged.
 */
final class SectionRewriter {
  /** Decides what must not pass. */
  interface Rules {
    /**
     * The frames that replace a malformed section, null for a valid one.
     *
     * @param ends whether the section ends the stream
     */
    byte @Nullable [] replacement(int stream, boolean ends, List<CodedField> fields);

    /** The value to pass, for a value that may not be ASCII. */
    byte[] value(byte[] decoded);

    /** Called if a stream ended other than with a section. */
    void ended(int stream);
  }

  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_IN_FRAME = 16_384;
  private static final int PRIORITY_BYTES = 5;
  private static final int PROMISED_BYTES = 4;
  static final int INCOMPLETE = -1;
  static final int INVALID = -2;
  private static final byte[] NOTHING = {};

  private final Rules rules;
  private final SectionDecoder decoder = new SectionDecoder();

  /** The beginning of an incomplete frame or section. */
  private byte[] held = NOTHING;

  private int skipping;
  private boolean rewriting;
  private boolean givenUp;

  /**
   * @param preface the number of bytes before the first frame
   */
  SectionRewriter(int preface, Rules rules) {
    this.skipping = preface;
    this.rules = rules;
  }

  /** The bytes held back; none are from now on. */
  byte[] giveUp() {
    givenUp = true;
    byte[] rest = held;
    held = NOTHING;
    return rest;
  }

  /**
   * Takes bytes.
   *
   * @return the bytes that replace them; null to pass them unchanged
   * @throws IOException if no later section can be decoded
   */
  byte @Nullable [] pass(byte[] bytes, int offset, int length) throws IOException {
    if (givenUp) {
      return null;
    }
    boolean inPlace = held.length == 0;
    byte[] data = inPlace ? bytes : joined(bytes, offset, length);
    int start = inPlace ? offset : 0;
    int end = start + (inPlace ? length : data.length);
    held = NOTHING;
    Passage passage = new Passage(data, start);
    while (passage.at < end && step(passage, end)) {
      // continues with the next frame or section
    }
    if (passage.at == end && inPlace && passage.out == null) {
      return null;
    }
    held = Arrays.copyOfRange(data, passage.at, end);
    byte[] passed = passage.finish();
    return givenUp ? concatenated(passed, giveUp()) : passed;
  }

  /** The bytes of one {@link #pass}, up to the position already checked. */
  private static final class Passage {
    private final byte[] data;
    private int at;
    private int copied;
    private @Nullable ByteArrayOutputStream out;

    Passage(byte[] data, int start) {
      this.data = data;
      this.at = start;
      this.copied = start;
    }

    /** Replaces the bytes up to this position. */
    void replace(int next, byte[] replacement) {
      ByteArrayOutputStream all = out == null ? new ByteArrayOutputStream() : out;
      all.write(data, copied, at - copied);
      all.writeBytes(replacement);
      copied = next;
      out = all;
    }

    byte[] finish() {
      byte[] rest = Arrays.copyOfRange(data, copied, at);
      return out == null ? rest : concatenated(out.toByteArray(), rest);
    }
  }

  /** Advances by a frame or section; false if that is incomplete. */
  private boolean step(Passage passage, int end) throws IOException {
    if (skipping > 0) {
      int n = Math.min(skipping, end - passage.at);
      skipping -= n;
      passage.at += n;
      return true;
    }
    if (end - passage.at < FrameHeads.BYTES) {
      return false;
    }
    byte[] data = passage.data;
    int type = FrameHeads.type(data, passage.at);
    if (type == FrameHeads.HEADERS || type == FrameHeads.PUSH_PROMISE) {
      return stepOverSection(passage, end);
    }
    boolean ends =
        type == FrameHeads.RST_STREAM
            || (type == FrameHeads.DATA
                && (FrameHeads.flags(data, passage.at) & FrameHeads.END_STREAM) != 0);
    if (ends) {
      rules.ended(FrameHeads.stream(data, passage.at));
    }
    skipping = FrameHeads.length(data, passage.at);
    passage.at += FrameHeads.BYTES;
    return true;
  }

  private boolean stepOverSection(Passage passage, int end) throws IOException {
    int next = sectionEnd(passage.data, passage.at, end);
    if (next == INCOMPLETE) {
      byte[] begun = block(passage.data, passage.at, end);
      if (begun != null) {
        decoder.checkSizes(begun);
      }
      return false;
    }
    byte[] block = next == INVALID ? null : block(passage.data, passage.at, next);
    if (block == null) {
      givenUp = true; // a later check of the frames fails
      return false;
    }
    byte[] replacement = replacement(passage.data, passage.at, block);
    if (givenUp) {
      return false;
    }
    if (replacement != null) {
      passage.replace(next, replacement);
    }
    passage.at = next;
    return true;
  }

  /** The end of the section that begins here. */
  static int sectionEnd(byte[] data, int start, int end) {
    int at = start;
    while (end - at >= FrameHeads.BYTES) {
      int length = FrameHeads.length(data, at);
      boolean continues =
          at == start
              || (FrameHeads.type(data, at) == FrameHeads.CONTINUATION
                  && FrameHeads.stream(data, at) == FrameHeads.stream(data, start));
      if (length > MOST_IN_FRAME || !continues || at - start > MOST_BYTES) {
        return INVALID;
      }
      if (end - at - FrameHeads.BYTES < length) {
        return INCOMPLETE;
      }
      boolean last = (FrameHeads.flags(data, at) & FrameHeads.END_HEADERS) != 0;
      at += FrameHeads.BYTES + length;
      if (last) {
        return at;
      }
    }
    return INCOMPLETE;
  }

  /** The content of a section's frames, as far as received; null if they are invalid. */
  static byte @Nullable [] block(byte[] data, int start, int end) {
    int flags = FrameHeads.flags(data, start);
    int length = FrameHeads.length(data, start);
    int at = start + FrameHeads.BYTES;
    boolean padded = (flags & FrameHeads.PADDED) != 0;
    int padding = padded && length > 0 && at < end ? data[at] & 0xff : 0;
    int before = (padded ? 1 : 0) + prefix(FrameHeads.type(data, start), flags);
    if (before + padding > length) {
      return null;
    }
    ByteArrayOutputStream block = new ByteArrayOutputStream(end - start);
    addPart(data, at + before, at + length - padding, end, block);
    int next = at + length;
    while (end - next >= FrameHeads.BYTES) {
      int from = next + FrameHeads.BYTES;
      next = from + FrameHeads.length(data, next);
      addPart(data, from, next, end, block);
    }
    return block.toByteArray();
  }

  private static void addPart(byte[] data, int from, int to, int end, ByteArrayOutputStream block) {
    int start = Math.min(from, end);
    block.write(data, start, Math.max(0, Math.min(to, end) - start));
  }

  private static int prefix(int type, int flags) {
    return type == FrameHeads.PUSH_PROMISE
        ? PROMISED_BYTES
        : (flags & FrameHeads.PRIORITIZED) != 0 ? PRIORITY_BYTES : 0;
  }

  private byte @Nullable [] replacement(byte[] data, int start, byte[] block) throws IOException {
    List<CodedField> fields;
    try {
      fields = decoder.decode(block);
    } catch (InvalidFrames e) {
      if (rewriting) {
        throw e;
      }
      givenUp = true; // OkHttp detects the same fault
      return null;
    }
    int stream = FrameHeads.stream(data, start);
    boolean ends = (FrameHeads.flags(data, start) & FrameHeads.END_STREAM) != 0;
    if (FrameHeads.type(data, start) == FrameHeads.HEADERS) {
      byte[] replacement = rules.replacement(stream, ends, fields);
      if (replacement != null) {
        rewriting = true;
        return replacement;
      }
    }
    byte[] plain = rewriting || mayChange(fields) ? plain(fields) : null;
    return plain == null ? null : frames(data, start, plain);
  }

  private static boolean mayChange(List<CodedField> fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).ascii()) {
        return true;
      }
    }
    return false;
  }

  /** The section without compression; null if it may pass unchanged. */
  private byte @Nullable [] plain(List<CodedField> fields) throws FailedTransfer {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (CodedField field : fields) {
      byte[] decoded = field.decodedValue();
      byte[] value = field.ascii() ? decoded : rules.value(decoded);
      rewriting |= !Arrays.equals(decoded, value);
      Frames.writeField(field.name(), value, plain);
      if (plain.size() > MOST_BYTES) {
        throw FailedTransfer.tooLargeHeaderSection();
      }
    }
    return rewriting ? plain.toByteArray() : null;
  }

  private static byte[] frames(byte[] data, int start, byte[] plain) {
    int type = FrameHeads.type(data, start);
    boolean promise = type == FrameHeads.PUSH_PROMISE;
    boolean padded = (FrameHeads.flags(data, start) & FrameHeads.PADDED) != 0;
    int at = start + FrameHeads.BYTES + (padded ? 1 : 0);
    byte[] promised = promise ? Arrays.copyOfRange(data, at, at + PROMISED_BYTES) : NOTHING;
    int flags = promise ? 0 : FrameHeads.flags(data, start) & FrameHeads.END_STREAM;
    return Frames.section(
        type, flags, FrameHeads.stream(data, start), concatenated(promised, plain));
  }

  private byte[] joined(byte[] bytes, int offset, int length) {
    return concatenated(held, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
