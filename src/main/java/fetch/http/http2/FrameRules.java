package fetch.http.http2;

import fetch.Quantity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a server's frames against the rules of RFC 9113, section 6, for each type. OkHttp checks
 * the same, but reports it with its own constants. For one thread.
 */
final class FrameRules implements FrameHeads.Payload {
  /** The first three bytes of {@code HTTP/1.1} read as a length, and the fourth as a type. */
  private static final int HTTP_1_LENGTH = 'H' << 16 | 'T' << 8 | 'T';

  private static final int HTTP_1_TYPE = 'P';

  private static final int MOST_BYTES = 16_384;
  private static final int PRIORITY_BYTES = 5;
  private static final int CODE_BYTES = 4;
  private static final int PING_BYTES = 8;
  private static final int LEAST_GOAWAY_BYTES = 8;
  private static final int SETTING_BYTES = 6;
  private static final int PROMISED_BYTES = 4;

  private static final int ENABLE_PUSH = 2;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_FRAME_SIZE = 5;
  private static final int LARGEST_FRAME_SIZE = (1 << 24) - 1;

  private static final String[] NAMES = {
    "DATA",
    "HEADERS",
    "PRIORITY",
    "RST_STREAM",
    "SETTINGS",
    "PUSH_PROMISE",
    "PING",
    "GOAWAY",
    "WINDOW_UPDATE",
    "CONTINUATION"
  };

  private final FrameRepair repair = new FrameRepair();

  private boolean first = true;

  /** The stream whose header section continues in the next frame; 0 for none. */
  private int unfinished;

  /** The most padding that the current frame may have; -1 if it has none. */
  private int mostPadding;

  /** The last bytes of the current setting or increment. */
  private long number;

  /** Checks a frame header. */
  void check(int type, int flags, int stream, int length) throws InvalidFrames {
    if (first) {
      checkFirst(type, length);
    }
    if (length > MOST_BYTES) {
      throw new InvalidFrames(
          name(type) + " of " + Quantity.of(length, "byte") + ", more than " + MOST_BYTES);
    }
    checkOrder(type, stream);
    checkStream(type, stream);
    checkLength(type, flags, length);
    boolean padded = type <= FrameHeads.PUSH_PROMISE && (flags & FrameHeads.PADDED) != 0;
    mostPadding = padded ? spare(type, flags, length) : -1;
    boolean opens = type == FrameHeads.HEADERS || type == FrameHeads.PUSH_PROMISE;
    if (opens || type == FrameHeads.CONTINUATION) {
      unfinished = (flags & FrameHeads.END_HEADERS) == 0 ? stream : 0;
    }
  }

  /** The name of the error code of a reset; null if the server has reset no stream with it. */
  @Nullable String nameOf(IOException reset) {
    return repair.nameOf(reset);
  }

  /** Whether the last frame ends its header section. */
  boolean isBetweenSections() {
    return unfinished == 0;
  }

  private void checkFirst(int type, int length) throws InvalidFrames {
    first = false;
    if (length == HTTP_1_LENGTH && type == HTTP_1_TYPE) {
      throw new InvalidFrames("the server sent a response of HTTP/1");
    }
    if (type != FrameHeads.SETTINGS) {
      throw new InvalidFrames("the first frame is not SETTINGS");
    }
  }

  private void checkOrder(int type, int stream) throws InvalidFrames {
    boolean continues = type == FrameHeads.CONTINUATION;
    if (unfinished == 0 && continues) {
      throw new InvalidFrames("CONTINUATION without a header section to continue");
    }
    if (unfinished != 0 && !(continues && stream == unfinished)) {
      throw new InvalidFrames(
          name(type) + " on stream " + stream + " inside the header section of " + unfinished);
    }
  }

  private static void checkStream(int type, int stream) throws InvalidFrames {
    boolean fits =
        switch (type) {
          case FrameHeads.DATA,
              FrameHeads.HEADERS,
              FrameHeads.PRIORITY,
              FrameHeads.RST_STREAM,
              FrameHeads.PUSH_PROMISE ->
              stream != 0;
          case FrameHeads.SETTINGS, FrameHeads.PING, FrameHeads.GOAWAY -> stream == 0;
          default -> true;
        };
    if (!fits) {
      throw new InvalidFrames(name(type) + " on stream " + stream);
    }
  }

  private static void checkLength(int type, int flags, int length) throws InvalidFrames {
    switch (type) {
      case FrameHeads.PRIORITY -> checkLength(length == PRIORITY_BYTES, "5", type, length);
      case FrameHeads.RST_STREAM, FrameHeads.WINDOW_UPDATE ->
          checkLength(length == CODE_BYTES, "4", type, length);
      case FrameHeads.PING -> checkLength(length == PING_BYTES, "8", type, length);
      case FrameHeads.GOAWAY ->
          checkLength(length >= LEAST_GOAWAY_BYTES, "at least 8", type, length);
      case FrameHeads.SETTINGS -> {
        boolean reply = (flags & FrameHeads.ACK) != 0;
        checkLength(
            length == 0 || (!reply && length % SETTING_BYTES == 0),
            reply ? "0 for an acknowledgement" : "a multiple of 6",
            type,
            length);
      }
      case FrameHeads.DATA, FrameHeads.HEADERS, FrameHeads.PUSH_PROMISE ->
          checkLength(
              spare(type, flags, length) >= 0, "as many as its flags require", type, length);
      default -> {}
    }
  }

  private static void checkLength(boolean fits, String required, int type, int length)
      throws InvalidFrames {
    if (!fits) {
      throw new InvalidFrames(
          name(type) + " of " + Quantity.of(length, "byte") + ", not " + required);
    }
  }

  /** How many bytes of a frame remain for content and padding, by its flags. */
  private static int spare(int type, int flags, int length) {
    boolean prioritized = type == FrameHeads.HEADERS && (flags & FrameHeads.PRIORITIZED) != 0;
    return length
        - ((flags & FrameHeads.PADDED) == 0 ? 0 : 1)
        - (prioritized ? PRIORITY_BYTES : 0)
        - (type == FrameHeads.PUSH_PROMISE ? PROMISED_BYTES : 0);
  }

  @Override
  public byte flags(int type, byte flags) {
    return repair.flags(type, flags);
  }

  @Override
  public void pass(int type, int before, byte[] bytes, int offset, int length)
      throws InvalidFrames {
    switch (type) {
      case FrameHeads.DATA, FrameHeads.HEADERS, FrameHeads.PUSH_PROMISE -> {
        if (before == 0 && mostPadding >= 0 && (bytes[offset] & 0xff) > mostPadding) {
          throw new InvalidFrames(name(type) + " with more padding than its length allows");
        }
      }
      case FrameHeads.WINDOW_UPDATE, FrameHeads.SETTINGS -> {
        for (int i = 0; i < length; i++) {
          checkNumber(type, before + i, bytes[offset + i]);
        }
      }
      default -> {}
    }
    repair.pass(type, before, bytes, offset, length);
  }

  private void checkNumber(int type, int at, byte b) throws InvalidFrames {
    number = number << Byte.SIZE | (b & 0xff);
    if (type == FrameHeads.SETTINGS) {
      if (at % SETTING_BYTES == SETTING_BYTES - 1) {
        checkSetting((int) (number >>> Integer.SIZE) & 0xffff, number & 0xffff_ffffL);
      }
    } else if (at == CODE_BYTES - 1 && (number & Integer.MAX_VALUE) == 0) {
      throw new InvalidFrames("WINDOW_UPDATE with an increment of 0");
    }
  }

  private static void checkSetting(int setting, long value) throws InvalidFrames {
    switch (setting) {
      case ENABLE_PUSH -> checkSetting(value <= 1, "ENABLE_PUSH", value);
      case INITIAL_WINDOW_SIZE ->
          checkSetting(value <= Integer.MAX_VALUE, "INITIAL_WINDOW_SIZE", value);
      case MAX_FRAME_SIZE ->
          checkSetting(value >= MOST_BYTES && value <= LARGEST_FRAME_SIZE, "MAX_FRAME_SIZE", value);
      default -> {}
    }
  }

  private static void checkSetting(boolean fits, String name, long value) throws InvalidFrames {
    if (!fits) {
      throw new InvalidFrames("SETTINGS_" + name + " of " + value);
    }
  }

  private static String name(int type) {
    return type < NAMES.length ? NAMES[type] : "a frame of type " + type;
  }
}
