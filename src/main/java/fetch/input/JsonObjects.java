package fetch.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects (RFC 8259), one per line, and extracts some of their members, which may be in
 * any order. The file may be gzip-compressed. For one thread.
 */
public final class JsonObjects implements Closeable {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MOST_BYTES = 64 << 20;
  private static final int EXCERPT_CHARS = 60;

  private final JsonFactory factory =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MOST_BYTES)
                  .maxStringLength(MOST_BYTES)
                  .build())
          .build();
  private final Map<String, Integer> places = new HashMap<>();
  private final ByteWindow input;
  private long line;
  private boolean torn;

  /**
   * Reads from a stream, which is closed with this.
   *
   * @param names of the members to extract
   */
  public JsonObjects(InputStream stream, List<String> names) throws IOException {
    this.input = new ByteWindow(ListStream.open(stream), BUFFER_BYTES);
    names.forEach(name -> places.put(name, places.size()));
  }

  /**
   * Reads the next object and skips blank lines; false if there is no complete one.
   *
   * @param values receives, in the order of the names, the members that are strings, numbers,
   *     {@code true} or {@code false}; null for others
   */
  public boolean next(@Nullable String[] values) throws IOException {
    while (true) {
      int newline = newline();
      if (input.size() == 0) {
        return false;
      }
      line++;
      int from = input.start;
      input.start = Math.min(newline + 1, input.end);
      if (isBlank(from, newline)) {
        continue;
      }
      if (read(from, newline, values)) {
        return true;
      }
      torn = newline == input.end;
      if (torn) {
        return false;
      }
      throw new IOException("line " + line + " is not a JSON object but " + excerpt(from, newline));
    }
  }

  /** The number of the last line that was read, from 1. */
  public long line() {
    return line;
  }

  /** Whether an incomplete object follows the last complete one. */
  public boolean torn() {
    return torn;
  }

  /** The end of the next line, or the end of input without a line end. */
  private int newline() throws IOException {
    int at = input.start;
    while (true) {
      while (at < input.end) {
        if (input.bytes[at] == '\n') {
          return at;
        }
        at++;
      }
      at -= input.start;
      if (!fill()) {
        return input.end;
      }
    }
  }

  private boolean fill() throws IOException {
    if (input.size() >= MOST_BYTES) {
      throw new IOException("line " + (line + 1) + " is longer than " + MOST_BYTES + " bytes");
    }
    return input.fill();
  }

  private boolean isBlank(int from, int to) {
    int at = from;
    while (at < to && isSpace(input.bytes[at])) {
      at++;
    }
    return at == to;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  /** Parses one object; false if it is not one. */
  private boolean read(int from, int to, @Nullable String[] values) {
    Arrays.fill(values, null);
    try (JsonParser json = factory.createParser(input.bytes, from, to - from)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value.isStructStart()) {
          json.skipChildren();
          continue;
        }
        Integer place = value == JsonToken.VALUE_NULL ? null : places.get(name);
        if (place != null) {
          values[place] = json.getText();
        }
      }
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private String excerpt(int from, int to) {
    String text = new String(input.bytes, from, to - from, StandardCharsets.UTF_8).strip();
    return text.length() <= EXCERPT_CHARS
        ? '\'' + text + '\''
        : '\'' + text.substring(0, EXCERPT_CHARS) + "…'";
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
