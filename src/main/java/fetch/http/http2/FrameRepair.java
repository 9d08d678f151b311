package fetch.http.http2;

import fetch.http.okhttp.StreamResets;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes what OkHttp misreads in the frames that a server sends (RFC 9113): an error code that it
 * does not know becomes INTERNAL_ERROR (section 7), a reserved bit becomes zero (section 6.8), and
 * a setting above 2^31-1 is reduced to that (section 6.5.2), as OkHttp would read it as negative.
 * An undefined flag of DATA is cleared (section 4.1), as OkHttp would refuse it. For one thread.
 */
final class FrameRepair implements FrameHeads.Payload {
  private static final int SETTING_BYTES = 6;
  private static final int HEADER_TABLE_SIZE = 1;
  private static final int MAX_CONCURRENT_STREAMS = 3;

  /** The flag that OkHttp treats as compressed data. */
  private static final int COMPRESSED = 0x20;

  private static final int LAST_CODE = StreamResets.LAST_CODE;
  private static final byte INTERNAL_ERROR = (byte) StreamResets.INTERNAL_ERROR;

  /** The error codes of streams that were reset, by their bits. */
  private int resets;

  /** Error codes of reset streams that no standard defines: none, one or several. */
  private final Set<Integer> unknownResets = new HashSet<>(0);

  /** The bytes read so far of the current error code. */
  private int code;

  /** Whether the current error code has bytes that no known one has. */
  private boolean unknown;

  /** The identifier of the current setting. */
  private int setting;

  /** Whether the value of the current setting is too large. */
  private boolean large;

  @Override
  public byte flags(int type, byte flags) {
    return type == FrameHeads.DATA ? (byte) (flags & ~COMPRESSED) : flags;
  }

  @Override
  public void pass(int type, int before, byte[] bytes, int offset, int length) {
    switch (type) {
      case FrameHeads.RST_STREAM, FrameHeads.GOAWAY, FrameHeads.SETTINGS -> {
        for (int i = 0; i < length; i++) {
          bytes[offset + i] = repaired(type, before + i, bytes[offset + i]);
        }
      }
      default -> {}
    }
  }

  /**
   * The name of the error code in OkHttp's exception for a reset stream; null if the server has
   * reset no stream with it.
   */
  @Nullable String nameOf(IOException reset) {
    int number = StreamResets.codeOf(reset);
    boolean known = (resets & 1 << number) != 0;
    boolean replaced = number == StreamResets.INTERNAL_ERROR && !unknownResets.isEmpty();
    if (replaced && !known && unknownResets.size() == 1) {
      return String.format("error code 0x%x", unknownResets.iterator().next());
    }
    return known || replaced ? StreamResets.nameOf(reset) : null;
  }

  private void noteReset() {
    if (code >= 0 && code <= LAST_CODE) {
      resets |= 1 << code;
    } else if (unknownResets.size() < 2) {
      unknownResets.add(code);
    }
  }

  private byte repaired(int type, int at, byte b) {
    return switch (type) {
      case FrameHeads.RST_STREAM -> {
        byte repaired = ofCode(at, b);
        if (at == Integer.BYTES - 1) {
          noteReset();
        }
        yield repaired;
      }
      case FrameHeads.GOAWAY -> at == 0 ? (byte) (b & 0x7f) : ofCode(at - Integer.BYTES, b);
      default -> ofSetting(at % SETTING_BYTES, b);
    };
  }

  private byte ofCode(int at, byte b) {
    if (at < 0 || at >= Integer.BYTES) {
      return b;
    }
    code = code << Byte.SIZE | (b & 0xff);
    boolean last = at == Integer.BYTES - 1;
    unknown = (at > 0 && unknown) || (last ? (b & 0xff) > LAST_CODE : b != 0);
    return !unknown ? b : last ? INTERNAL_ERROR : 0;
  }

  private byte ofSetting(int at, byte b) {
    if (at < Short.BYTES) {
      setting = setting << Byte.SIZE | (b & 0xff);
      return b;
    }
    if (at == Short.BYTES) {
      int id = setting & 0xffff;
      large = b < 0 && (id == HEADER_TABLE_SIZE || id == MAX_CONCURRENT_STREAMS);
      return large ? Byte.MAX_VALUE : b;
    }
    return large ? (byte) 0xff : b;
  }
}
