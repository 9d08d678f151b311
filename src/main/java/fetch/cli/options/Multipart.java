package fetch.cli.options;

import fetch.Content;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds multipart/form-data content (RFC 7578), byte for byte as curl does. */
final class Multipart {
  private static final String BINARY = "application/octet-stream";

  private static final Map<String, String> TYPES =
      Map.of(
          "gif", "image/gif",
          "htm", "text/html",
          "html", "text/html",
          "jpeg", "image/jpeg",
          "jpg", "image/jpeg",
          "pdf", "application/pdf",
          "png", "image/png",
          "svg", "image/svg+xml",
          "txt", "text/plain",
          "xml", "application/xml");

  private final String boundary =
      "-".repeat(24) + "%016x".formatted(RandomGenerator.getDefault().nextLong());
  private final List<Content.Piece> pieces = new ArrayList<>();

  /** Adds a field with its content. */
  void add(FormField field, Content.Piece content) {
    String filename = field.filename();
    if (filename == null && field.uploaded() && field.file() != null) {
      filename = lastName(field.file());
    }
    String type = field.type();
    if (type == null && filename != null) {
      type = typeOf(filename, field.file());
    }
    StringBuilder head = new StringBuilder("--").append(boundary).append("\r\n");
    head.append("Content-Disposition: form-data");
    if (!field.name().isEmpty()) {
      head.append("; name=\"").append(escaped(field.name())).append('"');
    }
    if (filename != null) {
      head.append("; filename=\"").append(escaped(filename)).append('"');
    }
    head.append("\r\n");
    if (type != null) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    put(head.append("\r\n"));
    pieces.add(content);
    put("\r\n");
  }

  private void put(CharSequence text) {
    pieces.add(new Content.Bytes(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String lastName(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /**
   * The type of a file by its name. Null for text and standard input, for which curl sends none.
   */
  private static @Nullable String typeOf(String filename, @Nullable String file) {
    String known = TYPES.get(extension(filename));
    if (known != null || file == null || file.equals("-")) {
      return known;
    }
    return TYPES.getOrDefault(extension(file), BINARY);
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Escapes a name as in HTML (section 4.10.21.8), like browsers and curl. */
  private static String escaped(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  Content content() {
    put("--" + boundary + "--\r\n");
    return new Content(pieces, "multipart/form-data; boundary=" + boundary, null);
  }
}
