package fetch.compare;

import fetch.JsonString;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes text, numbers, lists and maps as JSON (RFC 8259); NaN and infinity become null. */
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  /** A value that is JSON text already. */
  record Text(String json) {}

  private Json() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> string(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
      case Double number when !Double.isFinite(number) -> "null";
      case Number number -> number.toString();
      case Text(String json) -> json;
      case null -> "null";
      case Object text -> string(text.toString());
    };
  }

  private static String string(String text) {
    return JsonString.of(text, Json::isControl);
  }

  private static boolean isControl(char c) {
    return c < FIRST_PRINTABLE || (c >= DELETE && c <= LAST_CONTROL);
  }
}
