package fetch.input;

import fetch.Content;
import fetch.Meta;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encodes the fields of an entry's form (WHATWG URL, section 5.2). */
final class EntryForm {
  private final StringBuilder text = new StringBuilder();
  private @Nullable String fault;

  void add(String name, Meta.Value value) {
    switch (value) {
      case Meta.Value.Text(String word) -> put(name, word == null ? "" : word);
      case Meta.Value.Json(String json) when json.startsWith("{") || json.startsWith("[") ->
          fault = "its form has a field that is an object or a list of lists";
      case Meta.Value.Json(String json) -> put(name, json);
    }
  }

  private void put(String name, String value) {
    text.append(text.isEmpty() ? "" : "&").append(encoded(name)).append('=').append(encoded(value));
  }

  /**
   * Encodes like HTML forms, except for the asterisk and the tilde, for which curl does the
   * opposite.
   */
  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /** The fault of a field, null for none. */
  @Nullable String fault() {
    return fault;
  }

  Content content() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    return Content.of(bytes, Content.FORM, null);
  }
}
