package fetch.input;

import fetch.EntryOverrides;
import fetch.Meta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A URL with names in braces, which are replaced by the values of an entry. Values are
 * percent-encoded as UTF-8, except for the unreserved characters of RFC 3986, section 2.3.
 * Immutable.
 */
public final class UrlTemplate {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private final String text;

  /** Literal text at even positions, names at odd ones. */
  private final List<String> parts;

  private UrlTemplate(String text, List<String> parts) {
    this.text = text;
    this.parts = parts;
  }

  /** The result of filling a template in. */
  sealed interface Filled {
    record Url(String url) implements Filled {}

    /** It cannot be filled in, with the reason. */
    record Bad(String reason) implements Filled {}
  }

  /**
   * Parses a template such as {@code https://example.org/item/{id}}.
   *
   * @throws IllegalArgumentException if the template is invalid, with the reason
   */
  public static UrlTemplate parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("'" + text + "' has a { without a }");
      }
      String name = text.substring(open + 1, close);
      if (name.isBlank() || name.indexOf('{') >= 0) {
        throw new IllegalArgumentException("'" + text + "' has braces without a column name");
      }
      parts.add(text.substring(at, open));
      parts.add(name.strip());
      at = close + 1;
    }
    parts.add(text.substring(at));
    if (parts.size() == 1) {
      throw new IllegalArgumentException(
          "'" + text + "' has no column in braces, such as https://example.org/item/{id}");
    }
    return new UrlTemplate(text, List.copyOf(parts));
  }

  /** The names, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < parts.size(); i += 2) {
      names.add(parts.get(i));
    }
    return names;
  }

  /** The row for these values, which become the meta of its entry. */
  Row row(Meta values, @Nullable EntryOverrides own, Line line) {
    return switch (fill(values::value)) {
      case Filled.Url(String url) -> new Row.Good(url, own, values);
      case Filled.Bad(String reason) -> new Row.Bad(Row.excerpt(line.text()), reason, values);
    };
  }

  private Filled fill(Function<String, Meta.Value> values) {
    StringBuilder url = new StringBuilder(text.length() + 32);
    for (int i = 0; i < parts.size(); i++) {
      if (i % 2 == 0) {
        url.append(parts.get(i));
        continue;
      }
      String value = value(values.apply(parts.get(i)));
      if (value == null) {
        return new Filled.Bad(
            "it has no text or number for {" + parts.get(i) + "} of --url-template");
      }
      if (isDots(value) && isSegment(url.toString(), parts.get(i + 1))) {
        return new Filled.Bad("'" + value + "' for {" + parts.get(i) + "} would change the path");
      }
      appendEncoded(value, url);
    }
    return new Filled.Url(url.toString());
  }

  private static @Nullable String value(Meta.Value value) {
    return switch (value) {
      case Meta.Value.Text(String given) -> given;
      case Meta.Value.Json(String json) when json.startsWith("{") || json.startsWith("[") -> null;
      case Meta.Value.Json(String json) -> json;
    };
  }

  /** Dots would name a directory, also if percent-encoded (WHATWG URL, section 4.2). */
  private static boolean isDots(String value) {
    return value.equals(".") || value.equals("..");
  }

  private static boolean isSegment(String before, String after) {
    boolean begins = before.endsWith("/") && before.indexOf('?') < 0;
    return begins && (after.isEmpty() || "/\\?#".indexOf(after.charAt(0)) >= 0);
  }

  private static void appendEncoded(String value, StringBuilder url) {
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        url.append(c);
      } else {
        url.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
