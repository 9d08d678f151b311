package fetch.output;

import fetch.JsonString;
import fetch.Meta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats columns or keys of the list as a JSON object (RFC 8259). */
final class MetaJson {
  private static final int USUAL_BYTES = 128;

  private MetaJson() {}

  static String text(Meta meta) {
    ByteBuilder out = new ByteBuilder(USUAL_BYTES);
    append(meta, meta.names(), out);
    return out.toString();
  }

  /** Appends the values of these names; null if there are none. */
  static void append(@Nullable Meta meta, List<String> names, ByteBuilder out) {
    char separator = '{';
    for (String name : names) {
      out.append(separator);
      JsonLines.appendString(name, out);
      out.append(':');
      if (meta == null) {
        out.append("null");
      } else {
        append(meta.value(name), out);
      }
      separator = ',';
    }
    out.append(names.isEmpty() ? "{}" : "}");
  }

  private static void append(Meta.Value value, ByteBuilder out) {
    switch (value) {
      case Meta.Value.Text(String text) when text == null -> out.append("null");
      case Meta.Value.Text(String text) -> JsonLines.appendString(text, out);
      case Meta.Value.Json(String text) ->
          out.append(JsonString.escapedWithin(text, ControlCharacters::isControl));
    }
  }
}
