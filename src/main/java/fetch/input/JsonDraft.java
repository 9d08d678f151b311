package fetch.input;

import fetch.Content;
import fetch.DurationText;
import fetch.EntryOverrides;
import fetch.HeaderLine;
import fetch.HttpSyntax;
import fetch.JsonString;
import fetch.Meta;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the values of a JSON object, and the first fault found in it. */
final class JsonDraft {
  /** CONNECT and TRACE are for proxies and loops, which fetch has no use for. */
  private static final Set<String> REFUSED = Set.of("CONNECT", "TRACE");

  /** Longer than any run. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final List<String> names = new ArrayList<>();
  private final List<Meta.Value> values = new ArrayList<>();
  private final List<HeaderLine> headers = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();
  private @Nullable String url;
  private @Nullable String method;
  private @Nullable Duration timeout;
  private @Nullable Content content;
  private @Nullable String contentKey;
  private @Nullable String fault;

  @Nullable String url() {
    return url;
  }

  @Nullable String fault() {
    return fault;
  }

  @Nullable Meta meta() {
    return names.isEmpty() ? null : new Meta(names, values);
  }

  @Nullable EntryOverrides own() {
    return method == null && headers.isEmpty() && timeout == null && content == null
        ? null
        : new EntryOverrides(method, headers, timeout, content);
  }

  /** The value of a key that {@link #takeText} took; null if there was none. */
  @Nullable String text(String key) {
    return texts.get(key);
  }

  void complain(String reason) {
    fault = fault == null ? reason : fault;
  }

  void takeMeta(String name, Meta.Value value) {
    names.add(name);
    values.add(value);
  }

  void takeUrl(String key, Meta.Value value) {
    switch (value) {
      case Meta.Value.Text(String text) -> url = text;
      case Meta.Value.Json _ -> complain("its " + key + " is not a string");
    }
  }

  void takeText(String key, Meta.Value value) {
    if (value instanceof Meta.Value.Text(String text) && text != null) {
      texts.put(key, text);
    } else {
      complain("its " + key + " is not a string");
    }
  }

  void takeMethod(Meta.Value value) {
    switch (value) {
      case Meta.Value.Text(String text) when text == null || isSendable(text) -> method = text;
      case Meta.Value.Text _ -> complain("its method is not one that fetch can send");
      case Meta.Value.Json _ -> complain("its method is not a string");
    }
  }

  private static boolean isSendable(String text) {
    return HttpSyntax.isToken(text) && !REFUSED.contains(text.toUpperCase(Locale.ROOT));
  }

  void takeNoHeaders(Meta.Value value) {
    if (!value.equals(Meta.Value.NONE)) {
      complain("its headers are not an object");
    }
  }

  /** Takes a header. Its value never appears in messages: it may be a secret. */
  void takeHeader(String name, Meta.Value value) {
    if (!HttpSyntax.isToken(name)) {
      complain("its headers have an invalid name");
      return;
    }
    if (HttpSyntax.isFraming(name) && !value.equals(Meta.Value.NONE)) {
      complain("its header " + name + " is set by fetch itself");
      return;
    }
    switch (value) {
      case Meta.Value.Text(String text) when text == null || HttpSyntax.isValue(text.strip()) ->
          headers.add(new HeaderLine(name, text == null ? null : text.strip()));
      case Meta.Value.Text _ -> complain("its header " + name + " has a control character");
      case Meta.Value.Json _ -> complain("its header " + name + " is not a string");
    }
  }

  /** Takes content. Its value never appears in messages: it may be a secret. */
  void takeContent(String key, Meta.Value value) {
    if (value.equals(Meta.Value.NONE)) {
      return;
    }
    if (key.equals("json")) {
      take(key, Content.of(utf8(json(value)), Content.JSON, Content.JSON));
      return;
    }
    if (!(value instanceof Meta.Value.Text(String text)) || text == null || key.equals("form")) {
      complain("its " + key + (key.equals("form") ? " is not an object" : " is not a string"));
      return;
    }
    try {
      byte[] bytes = key.equals("body") ? utf8(text) : Base64.getDecoder().decode(text);
      take(key, Content.of(bytes, Content.FORM, null));
    } catch (IllegalArgumentException e) {
      complain("its body_base64 is not Base64");
    }
  }

  void takeForm(EntryForm form) {
    if (form.fault() != null) {
      complain(form.fault());
    }
    take("form", form.content());
  }

  private void take(String key, Content taken) {
    if (contentKey != null) {
      complain("it has both " + contentKey + " and " + key);
    }
    contentKey = key;
    content = taken;
  }

  private static String json(Meta.Value value) {
    return switch (value) {
      case Meta.Value.Text(String text) -> JsonString.of(String.valueOf(text), c -> c < ' ');
      case Meta.Value.Json(String text) -> text;
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void takeTimeout(Meta.Value value) {
    try {
      timeout =
          switch (value) {
            case Meta.Value.Text(String text) -> text == null ? null : DurationText.parse(text);
            case Meta.Value.Json(String text) -> seconds(text);
          };
    } catch (IllegalArgumentException e) {
      complain("its timeout is neither a number of seconds nor a time such as 250ms, 2s or 5m");
    }
    if (timeout != null && !timeout.isPositive()) {
      complain("its timeout is not above 0");
    }
  }

  private static Duration seconds(String number) {
    BigDecimal seconds = new BigDecimal(number);
    if (seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
      return LONGEST;
    }
    return seconds.signum() <= 0
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, seconds.movePointRight(9).longValue()));
  }
}
