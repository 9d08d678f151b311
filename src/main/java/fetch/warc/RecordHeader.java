package fetch.warc;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds the header of a record (WARC 1.1, section 4). */
final class RecordHeader {
  private static final int USUAL_LENGTH = 640;

  private final StringBuilder text = new StringBuilder(USUAL_LENGTH).append("WARC/1.1\r\n");

  /** Adds a field, unless its value is null. */
  RecordHeader with(String name, @Nullable String value) {
    if (value != null) {
      text.append(name).append(": ").append(value).append("\r\n");
    }
    return this;
  }

  byte[] bytes() {
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
