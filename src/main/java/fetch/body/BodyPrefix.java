package fetch.body;

import fetch.IncludedBody;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The beginning of one body, in memory. For one thread. */
final class BodyPrefix {
  private static final int FIRST_BYTES = 1024;

  private final int most;
  private byte[] kept = {};
  private int size;
  private boolean truncated;

  /**
   * @param most how many bytes are kept
   */
  BodyPrefix(int most) {
    this.most = most;
  }

  /** Keeps the next bytes as far as there is room. */
  void add(byte[] bytes, int offset, int length) {
    int wanted = Math.min(length, most - size);
    truncated |= wanted < length;
    if (size + wanted > kept.length) {
      int grown = Math.max(Math.max(2 * kept.length, FIRST_BYTES), size + wanted);
      kept = Arrays.copyOf(kept, Math.min(grown, most));
    }
    System.arraycopy(bytes, offset, kept, size, wanted);
    size += wanted;
  }

  /** Returns the bytes as a record includes them. */
  IncludedBody included(@Nullable String contentType) {
    return BodyText.of(kept, size, contentType, truncated);
  }

  /** Returns it as text. Invalid bytes become U+FFFD. */
  String text(@Nullable String contentType) {
    return BodyText.lenient(kept, size, contentType);
  }
}
