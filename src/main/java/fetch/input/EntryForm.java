package fetch.input;

import fetch.Content;
import fetch.Meta;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fields of an entry's form, percent-encoded as they come (WHATWG URL, section 5.2). */
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

  /** As HTML forms do, but for the asterisk and the tilde, which curl writes the other way. */
  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /** What is wrong with a field, null for nothing. */
  @Nullable String fault() {
    return fault;
  }

  Content content() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    return Content.of(bytes, Content.FORM, null);
  }
}
