package fetch.http.wire;

import fetch.http.field.FieldBytes;
import java.io.IOException;
import okio.Buffer;

/** Rewrites HTTP/1.1 header sections that OkHttp would misread. */
final class SectionRepair {
  private SectionRepair() {}

  /**
   * Rewrites a header section so that OkHttp reads it as the standard requires: no folded lines
   * (RFC 9112, section 5.2), no blanks before a colon (section 5.1), and UTF-8.
   *
   * @param buffer begins with the section
   * @param length of the section in bytes
   */
  static void prepare(Buffer buffer, long length) throws IOException {
    StringBuilder section = new StringBuilder((int) length);
    for (String line : FieldBytes.decode(buffer.readByteArray(length)).split("\n", -1)) {
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      if (folded) {
        section.append(' ').append(line.strip());
      } else {
        section.append(section.isEmpty() ? "" : "\n").append(withoutBlank(withoutCr(line)));
      }
    }
    Buffer rest = new Buffer();
    rest.writeAll(buffer);
    buffer.writeUtf8(section.toString());
    buffer.writeAll(rest);
  }

  private static String withoutCr(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static String withoutBlank(String line) {
    int colon = line.indexOf(':');
    int end = colon;
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    return end == colon || line.startsWith("HTTP/")
        ? line
        : line.substring(0, end) + line.substring(colon);
  }
}
