package fetch.warc;

import fetch.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * Formats and parses a line of a CDXJ index, as cdxj-indexer writes it: where a response is.
 *
 * @param key the sort key of the URL (SURT)
 * @param timestamp of 14 digits
 * @param mime null if unknown
 * @param digest of the body, without the name of the algorithm; null if there is none
 */
record IndexLine(
    String key,
    String timestamp,
    String url,
    @Nullable String mime,
    int status,
    @Nullable String digest,
    Place place) {
  /**
   * The location of a record.
   *
   * @param offset in the file, in bytes
   * @param filename without directories
   */
  record Place(long offset, long length, String filename) {
    private static final Place UNKNOWN = new Place(0, 0, "");

    /** Where the record ends in the file. */
    long end() {
      return offset + length;
    }
  }

  private static final String REVISIT = "warc/revisit";

  /**
   * A line for a response whose location is not known yet.
   *
   * @param digest as in the header of the record
   */
  static IndexLine of(
      ExchangeInfo exchange, String timestamp, @Nullable String digest, boolean revisit) {
    return new IndexLine(
        SurtKey.of(exchange.url()),
        timestamp,
        exchange.url(),
        revisit ? REVISIT : mime(exchange.contentType()),
        exchange.status(),
        digest == null ? null : digest.substring(digest.indexOf(':') + 1),
        Place.UNKNOWN);
  }

  private static @Nullable String mime(@Nullable String contentType) {
    String text = contentType == null ? "" : contentType.strip();
    int end = 0;
    while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) > ' ') {
      end++;
    }
    return end == 0 ? null : text.substring(0, end);
  }

  IndexLine at(long start, long bytes, String file) {
    return new IndexLine(key, timestamp, url, mime, status, digest, new Place(start, bytes, file));
  }

  boolean isRevisit() {
    return REVISIT.equals(mime);
  }

  /** The date as in the header of the record. */
  String date() {
    StringBuilder date = new StringBuilder(timestamp);
    date.insert(12, ':').insert(10, ':').insert(8, 'T').insert(6, '-').insert(4, '-');
    return date.append('Z').toString();
  }

  /** The line with its line end. */
  String text() {
    StringBuilder line = new StringBuilder(key.length() + url.length() + 256);
    line.append(key).append(' ').append(timestamp).append(" {");
    append(line, "url", url);
    append(line, "mime", mime);
    append(line, "status", Integer.toString(status));
    append(line, "digest", digest);
    append(line, "length", Long.toString(place.length()));
    append(line, "offset", Long.toString(place.offset()));
    append(line, "filename", place.filename());
    return line.append("}\n").toString();
  }

  private static void append(StringBuilder line, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    line.append(name.equals("url") ? "\"" : ", \"").append(name).append("\": ");
    line.append(JsonString.of(value, c -> c < ' '));
  }

  /** Parses a line that {@link #text} wrote; null for any other. */
  static @Nullable IndexLine parse(String line) {
    String[] parts = line.strip().split(" ", 3);
    try {
      return parts.length < 3 || parts[1].length() != 14
          ? null
          : new IndexLine(
              parts[0],
              parts[1],
              value(parts[2], "url"),
              optional(parts[2], "mime"),
              Integer.parseInt(value(parts[2], "status")),
              optional(parts[2], "digest"),
              new Place(
                  Long.parseLong(value(parts[2], "offset")),
                  Long.parseLong(value(parts[2], "length")),
                  value(parts[2], "filename")));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static String value(String json, String name) {
    String value = optional(json, name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  private static @Nullable String optional(String json, String name) {
    String before = "\"" + name + "\": \"";
    int start = json.indexOf(before);
    if (start < 0) {
      return null;
    }
    StringBuilder value = new StringBuilder();
    int at = start + before.length();
    while (at < json.length() && json.charAt(at) != '"') {
      boolean escaped = json.charAt(at) == '\\';
      boolean coded = escaped && json.startsWith("u", at + 1);
      if (coded) {
        value.append((char) Integer.parseInt(json.substring(at + 2, at + 6), 16));
      } else {
        value.append(json.charAt(escaped ? at + 1 : at));
      }
      at += coded ? 6 : escaped ? 2 : 1;
    }
    return value.toString();
  }
}
